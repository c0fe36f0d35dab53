package io.tripline.job.elastic;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Hands documents to {@link Delivery} and has what is unconfirmed put into checkpoints. Lies in one task with the sinks
 * beside it, alerts' topic included, so it neither waits nor fails; only the end of the input waits, for as long as the
 * server takes something.
 */
final class ElasticWriter<T> implements StatefulSinkWriter<T, ElasticDocument> {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Function<T, ElasticDocument> documents;
    private final MailboxExecutor mailbox;
    private final MailboxTurn turn;
    private final ElasticConnection connection;
    private final RejectedDocuments.Writer rejected;
    private final Duration patience;
    private final Delivery delivery;
    private volatile boolean closed;

    ElasticWriter(
            Function<T, ElasticDocument> documents,
            WriterInitContext context,
            Collection<ElasticDocument> unconfirmed,
            ElasticSettings settings,
            String template,
            Placement placement,
            RejectedDocuments.Writer rejected,
            Duration patience) {
        this.documents = documents;
        this.rejected = rejected;
        this.patience = patience;
        mailbox = context.getMailboxExecutor();
        turn = new MailboxTurn(context.getProcessingTimeService());
        connection = new ElasticConnection(settings);
        delivery = new Delivery(
                settings,
                template,
                placement,
                connection,
                connection::renew,
                rejected,
                turn,
                new DeliveryCounts(context.metricGroup()));
        unconfirmed.forEach(delivery::add);
    }

    @Override
    public void write(T element, Context context) {
        delivery.add(documents.apply(element));
    }

    /**
     * At a checkpoint nothing has to be delivered, only what was rejected must be safe: the rest goes into the
     * checkpoint.
     */
    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (endOfInput) {
            deliverAll();
        }
        rejected.flush();
    }

    private void deliverAll() throws InterruptedException {
        long begun = turn.now();
        delivery.send();
        look();
        while (delivery.size() > 0 && turn.now() - Math.max(begun, delivery.lastSettled()) < patience.toNanos()) {
            mailbox.yield();
        }
        delivery.giveUp();
    }

    /** Lets the wait above look at the clock where nothing else happens. */
    private void look() {
        turn.takeAfter(LOOK, () -> {
            if (delivery.size() > 0) {
                look();
            }
        });
    }

    @Override
    public List<ElasticDocument> snapshotState(long checkpoint) {
        return delivery.unconfirmed();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        connection.close();
        rejected.close();
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
                        "response of Elasticsearch");
            } catch (RejectedExecutionException e) {
                if (!closed) {
                    throw e;
                }
            }
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a failing timer fails the task
        public void takeAfter(Duration delay, Step step) {
            ScheduledFuture<?> unused =
                    time.registerTimer(time.getCurrentProcessingTime() + delay.toMillis(), now -> step.run());
        }

        @Override
        public long now() {
            return System.nanoTime();
        }
    }
}
