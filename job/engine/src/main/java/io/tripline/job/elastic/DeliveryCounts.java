package io.tripline.job.elastic;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of documents and what waits, as metrics; and a line in the log when that changes for the worse or the
 * better, at most one a minute of each.
 */
final class DeliveryCounts {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryCounts.class);
    private static final long SECOND_NANOSECONDS = 1_000_000_000L;
    private static final long QUIET_NANOSECONDS = 60 * SECOND_NANOSECONDS;
    private static final int MOST_STATUSES = 32;

    /** Metric {@code elasticsearchState}. */
    static final int TAKES = 0;

    static final int AWAY = 1;
    static final int REFUSES = 2;

    private final SinkWriterMetricGroup metrics;
    private final Counter stored;
    private final Counter sent;
    private final Counter superseded;
    private final Counter rejected;
    private final Counter repeated;
    private final Counter givenUp;
    private final Counter errors;
    private final Map<Integer, Counter> refused = new HashMap<>();

    // Written by the writer's thread alone, read by those that report.
    private volatile int documents;
    private volatile long bytes;
    private volatile long oldestSince;
    private volatile long lastStored;
    private volatile int state = TAKES;

    private String reason = "";
    private long awayTold = System.nanoTime() - QUIET_NANOSECONDS;
    private long rejectedTold = awayTold;
    private long givenUpTold = awayTold;

    DeliveryCounts(SinkWriterMetricGroup metrics) {
        this.metrics = metrics;
        stored = metrics.counter("documentsStored");
        sent = metrics.getNumRecordsSendCounter();
        superseded = metrics.counter("documentsSuperseded");
        rejected = metrics.counter("documentsRejected");
        repeated = metrics.counter("documentsSentAgain");
        givenUp = metrics.counter("documentsDropped");
        errors = metrics.getNumRecordsSendErrorsCounter();
        metrics.gauge("documentsWaiting", () -> documents);
        metrics.gauge("bytesWaiting", () -> bytes);
        metrics.gauge(
                "oldestWaitingSeconds",
                () -> documents == 0 ? 0 : (System.nanoTime() - oldestSince) / SECOND_NANOSECONDS);
        metrics.gauge("lastStoredTime", () -> lastStored);
        metrics.gauge("elasticsearchState", () -> state);
    }

    void stored() {
        stored.inc();
        sent.inc();
        lastStored = System.currentTimeMillis();
    }

    void superseded() {
        superseded.inc();
    }

    long storedInAll() {
        return stored.getCount();
    }

    long supersededInAll() {
        return superseded.getCount();
    }

    long rejectedInAll() {
        return rejected.getCount();
    }

    /** Why documents were not taken, the last time; empty where they were. */
    String reason() {
        return reason;
    }

    void repeated() {
        repeated.inc();
    }

    /** How many wait, what they weigh, and since when the oldest does, by the clock that tells it is now. */
    void waiting(int count, long size, long oldest, long now) {
        oldestSince = System.nanoTime() - (now - oldest);
        bytes = size;
        documents = count;
    }

    void rejected(String reason) {
        rejected.inc();
        errors.inc();
        if (isDue(rejectedTold)) {
            rejectedTold = System.nanoTime();
            LOG.warn(
                    "Elasticsearch rejected a document, the {}th ({}). It is in the topic of rejected documents.",
                    rejected.getCount(),
                    reason);
        }
    }

    void givenUp(int count) {
        if (count == 0) {
            return;
        }
        givenUp.inc(count);
        errors.inc(count);
        if (isDue(givenUpTold)) {
            givenUpTold = System.nanoTime();
            LOG.error(
                    "{} documents in all were dropped because Elasticsearch did not accept them. Alerts are still on their topic: `tripline job"
                            + " refill` stores them.",
                    givenUp.getCount());
        }
    }

    void away(Verdict.Again again, int waiting) {
        state = isRefusal(again.status()) ? REFUSES : AWAY;
        reason = again.reason();
        counter(again.status()).inc();
        if (isDue(awayTold)) {
            awayTold = System.nanoTime();
            LOG.warn(
                    "Elasticsearch does not accept documents: {}. {} are queued, retrying; detection continues.",
                    again.reason(),
                    waiting);
        }
    }

    /** Whether somebody has to change something, in place of waiting. */
    static boolean isRefusal(int status) {
        return status >= 300 && status < 500 && status != 408 && status != 429;
    }

    private Counter counter(int status) {
        int told = refused.size() < MOST_STATUSES || refused.containsKey(status) ? status : -1;
        return refused.computeIfAbsent(
                told,
                one -> metrics.addGroup("status", one == Answer.NONE ? "none" : one < 0 ? "other" : String.valueOf(one))
                        .counter("requestsRefused"));
    }

    void going() {
        if (state != TAKES) {
            state = TAKES;
            LOG.info("Elasticsearch accepts documents again.");
        }
    }

    private static boolean isDue(long told) {
        return System.nanoTime() - told >= QUIET_NANOSECONDS;
    }
}
