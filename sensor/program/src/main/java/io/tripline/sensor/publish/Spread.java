package io.tripline.sensor.publish;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which partition a batch goes to. A stretch of numbers stays together, so that what an actor does in a second is added
 * up in one place where a sensor is not busy, and is spread evenly where it is. It follows from sensor and number
 * alone: a batch that is sent again goes where it went before, and the job finds that it has it already.
 *
 * <p>Partitions that are added are used when the job has had time to find them; what they held before would come too
 * late there.
 */
final class Spread {
    /** Numbers in a row that go to one partition. */
    static final int STRETCH = 64;

    /** Nanoseconds from when partitions are known until they are used: the job looks every five seconds. */
    static final long WAIT = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier nanos;
    private int used;
    private int known;
    private long since;

    Spread(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Partitions that are used.
     *
     * @param now how many the topic has
     */
    int used(int now) {
        if (now != known) {
            known = now;
            since = nanos.getAsLong();
        }
        if (used == 0 || known < used || nanos.getAsLong() - since >= WAIT) {
            used = known;
        }
        return used;
    }

    /** One of so many partitions for a batch. */
    static int of(Outgoing batch, int partitions) {
        return Math.floorMod(batch.sensor.hashCode() + batch.sequence / STRETCH, partitions);
    }
}
