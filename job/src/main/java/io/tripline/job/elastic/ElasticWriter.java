package io.tripline.job.elastic;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.DequeRequestBuffer;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.SimpleBatchCreator;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;

/**
 * Flink's writer gathers documents by number, bytes and time; {@link Delivery} brings them there. To Flink's writer a batch is done as soon as
 * it is handed over, because while one waits, its timer holds the whole task, checkpoints and the sinks beside it included. A server that is
 * away would so keep alerts from a topic that has nothing to do with it.
 */
final class ElasticWriter<T> extends AsyncSinkWriter<T, ElasticDocument> {
    private final MailboxExecutor mailbox;
    private final ElasticClient client;
    private final RejectedDocuments.Writer rejected;
    private final Delivery delivery;
    private volatile boolean closed;

    ElasticWriter(
            ElementConverter<T, ElasticDocument> documents,
            WriterInitContext context,
            AsyncSinkWriterConfiguration batches,
            Collection<BufferedRequestState<ElasticDocument>> unconfirmed,
            ElasticSettings settings,
            String template,
            RejectedDocuments rejectedDocuments)
            throws IOException {
        super(
                documents,
                context,
                batches,
                unconfirmed,
                new SimpleBatchCreator<>(batches.getMaxBatchSizeInBytes()),
                new DequeRequestBuffer<>());
        mailbox = context.getMailboxExecutor();
        client = ElasticClient.open(settings);
        rejected = rejectedDocuments.open();
        delivery = new Delivery(
                settings,
                template,
                client,
                rejected,
                new MailboxTurn(context.getProcessingTimeService()),
                new DeliveryCounts(context.metricGroup()));
        context.metricGroup().gauge("documentsWaiting", delivery::size);
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        while (delivery.isFull()) {
            mailbox.yield();
        }
        super.write(element, context);
    }

    @Override
    protected void submitRequestEntries(List<ElasticDocument> batch, ResultHandler<ElasticDocument> result) {
        delivery.add(batch);
        result.complete();
    }

    @Override
    protected long getSizeInBytes(ElasticDocument document) {
        return document.size();
    }

    /** At a checkpoint nothing has to be delivered, only what was rejected must be safe: the rest goes into the checkpoint. */
    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        if (endOfInput) {
            super.flush(true);
            while (delivery.size() > 0) {
                mailbox.yield();
            }
        }
        try {
            rejected.flush();
        } catch (IOException e) {
            throw new IllegalStateException("cannot keep documents that Elasticsearch rejected: " + e.getMessage(), e);
        }
    }

    @Override
    public List<BufferedRequestState<ElasticDocument>> snapshotState(long checkpoint) {
        List<BufferedRequestState<ElasticDocument>> all = new ArrayList<>(super.snapshotState(checkpoint));
        all.add(new BufferedRequestState<>(delivery.unconfirmed().stream()
                .map(document -> new RequestEntryWrapper<>(document, document.size()))
                .toList()));
        return all;
    }

    @Override
    public void close() {
        closed = true;
        try (RejectedDocuments.Writer last = rejected;
                ElasticClient first = client) {
            super.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close the connection to Elasticsearch: " + e.getMessage(), e);
        }
    }

    private final class MailboxTurn implements Turn {
        private final ProcessingTimeService time;

        MailboxTurn(ProcessingTimeService time) {
            this.time = time;
        }

        @Override
        public void take(Step step) {
            try {
                mailbox.execute(
                        () -> {
                            if (!closed) {
                                step.run();
                            }
                        },
                        "answer of Elasticsearch");
            } catch (RejectedExecutionException e) {
                if (!closed) {
                    throw e;
                }
            }
        }

        @Override
        public void takeAfter(Duration delay, Step step) {
            time.registerTimer(time.getCurrentProcessingTime() + delay.toMillis(), now -> step.run());
        }
    }
}
