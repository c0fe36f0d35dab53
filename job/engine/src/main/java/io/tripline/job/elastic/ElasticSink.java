package io.tripline.job.elastic;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Stores documents at least once; since each has an id and a version, that leaves one of each, the newest. Lies beside
 * what alerts go through and never holds it up: what waits for the server waits here, bounded, and in checkpoints.
 */
abstract class ElasticSink<T> implements Sink<T>, SupportsWriterState<T, ElasticDocument> {
    private static final long serialVersionUID = 2;

    /** So long the end of the input waits for a server that takes nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Makes a document. */
    interface Documents<T> extends Function<T, ElasticDocument>, Serializable {}

    private final Documents<T> documents;
    private final ElasticSettings settings;
    private final String template;
    private final boolean annotated;
    private final RejectedDocuments rejected;
    private Duration patience = PATIENCE;

    /**
     * A sink of documents of one kind.
     *
     * @param annotated whether others write into these documents
     */
    ElasticSink(
            Documents<T> documents,
            ElasticSettings settings,
            String template,
            boolean annotated,
            RejectedDocuments rejected) {
        this.documents = documents;
        this.settings = settings;
        this.template = template;
        this.annotated = annotated;
        this.rejected = rejected;
    }

    /** Changes how long the end of the input waits for a server that takes nothing. */
    ElasticSink<T> withPatience(Duration length) {
        patience = length;
        return this;
    }

    @Override
    public StatefulSinkWriter<T, ElasticDocument> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<T, ElasticDocument> restoreWriter(
            WriterInitContext context, Collection<ElasticDocument> unconfirmed) throws IOException {
        Placement placement = annotated ? new AnnotatedAlerts() : new WholeDocuments();
        return new ElasticWriter<>(
                documents, context, unconfirmed, settings, template, placement, rejected.open(), patience);
    }

    @Override
    public SimpleVersionedSerializer<ElasticDocument> getWriterStateSerializer() {
        return new DocumentStateSerializer();
    }
}
