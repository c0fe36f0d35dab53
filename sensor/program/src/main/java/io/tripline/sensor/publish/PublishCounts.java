package io.tripline.sensor.publish;

import java.util.concurrent.atomic.AtomicLong;

/** What the publishing thread did so far, for metrics. */
public final class PublishCounts {
    final AtomicLong batches = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong spooled = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    private volatile long lastAcknowledged = System.nanoTime();
    private volatile String reason = "";
    private volatile long lastDiscarded = Long.MIN_VALUE;

    /** Batches that the destination has safe, heartbeats among them. */
    public long batches() {
        return batches.get();
    }

    /** Their bytes, before compression. */
    public long bytes() {
        return bytes.get();
    }

    /** Batches that went through the spool. */
    public long spooledBatches() {
        return spooled.get();
    }

    /** Attempts that failed. */
    public long failures() {
        return failures.get();
    }

    /** Seconds since a batch was acknowledged last, or since the start. */
    public double secondsSinceAcknowledged() {
        return (System.nanoTime() - lastAcknowledged) / 1e9;
    }

    /** Seconds since packets had to be thrown away; endless where none were. */
    public double secondsSinceDiscarded() {
        long last = lastDiscarded;
        return last == Long.MIN_VALUE ? Double.POSITIVE_INFINITY : (System.nanoTime() - last) / 1e9;
    }

    void discarded() {
        lastDiscarded = System.nanoTime();
    }

    /** Why the last attempt failed; empty where it did not. */
    public String reason() {
        return reason;
    }

    void acknowledged(Outgoing batch) {
        batches.incrementAndGet();
        bytes.addAndGet(batch.bytes.length);
        lastAcknowledged = System.nanoTime();
        reason = "";
    }

    void failed(String why) {
        failures.incrementAndGet();
        reason = why;
    }
}
