package io.tripline.job.elastic;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of documents, as metrics; and a line in the log when that changes for the worse or the better, at most one a minute of each. */
final class DeliveryCounts {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryCounts.class);
    private static final long QUIET_NANOSECONDS = 60_000_000_000L;

    private final Counter stored;
    private final Counter superseded;
    private final Counter rejected;
    private final Counter repeated;
    private final Counter errors;
    private boolean away;
    private long awayTold = System.nanoTime() - QUIET_NANOSECONDS;
    private long rejectedTold = awayTold;

    DeliveryCounts(SinkWriterMetricGroup metrics) {
        stored = metrics.counter("documentsStored");
        superseded = metrics.counter("documentsSuperseded");
        rejected = metrics.counter("documentsRejected");
        repeated = metrics.counter("documentsSentAgain");
        errors = metrics.getNumRecordsSendErrorsCounter();
    }

    void stored() {
        stored.inc();
    }

    void superseded() {
        superseded.inc();
    }

    void repeated() {
        repeated.inc();
    }

    void rejected(String reason) {
        rejected.inc();
        errors.inc();
        if (isDue(rejectedTold)) {
            rejectedTold = System.nanoTime();
            LOG.warn(
                    "Elasticsearch rejected a document, the {}th ({}). It is in the topic of what was rejected.",
                    rejected.getCount(),
                    reason);
        }
    }

    void away(String reason, int waiting) {
        away = true;
        if (isDue(awayTold)) {
            awayTold = System.nanoTime();
            LOG.warn("Elasticsearch does not take documents: {}. {} wait, trying again.", reason, waiting);
        }
    }

    void going() {
        if (away) {
            away = false;
            LOG.info("Elasticsearch takes documents again.");
        }
    }

    private static boolean isDue(long told) {
        return System.nanoTime() - told >= QUIET_NANOSECONDS;
    }
}
