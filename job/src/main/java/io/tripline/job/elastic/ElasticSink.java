package io.tripline.job.elastic;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Stores documents at least once; since each has an id and a version, that leaves one of each, the newest. */
abstract class ElasticSink<T> extends AsyncSinkBase<T, ElasticDocument> {
    private static final long serialVersionUID = 1;

    /** No document is nearly as large. */
    private static final long MOST_BYTES = 64L << 20;

    private final ElasticSettings settings;
    private final String template;
    private final RejectedDocuments rejected;

    ElasticSink(
            ElementConverter<T, ElasticDocument> documents,
            ElasticSettings settings,
            String template,
            RejectedDocuments rejected) {
        super(
                documents,
                settings.maxBatch(),
                settings.maxInFlight(),
                2 * settings.maxBatch(),
                MOST_BYTES,
                settings.flushInterval().toMillis(),
                MOST_BYTES);
        this.settings = settings;
        this.template = template;
        this.rejected = rejected;
    }

    @Override
    public StatefulSinkWriter<T, BufferedRequestState<ElasticDocument>> createWriter(WriterInitContext context)
            throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<T, BufferedRequestState<ElasticDocument>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<ElasticDocument>> unconfirmed)
            throws IOException {
        AsyncSinkWriterConfiguration batches = AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(getMaxBatchSize())
                .setMaxBatchSizeInBytes(getMaxBatchSizeInBytes())
                .setMaxInFlightRequests(getMaxInFlightRequests())
                .setMaxBufferedRequests(getMaxBufferedRequests())
                .setMaxTimeInBufferMS(getMaxTimeInBufferMS())
                .setMaxRecordSizeInBytes(getMaxRecordSizeInBytes())
                .build();
        return new ElasticWriter<>(getElementConverter(), context, batches, unconfirmed, settings, template, rejected);
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<ElasticDocument>> getWriterStateSerializer() {
        return new DocumentStateSerializer();
    }
}
