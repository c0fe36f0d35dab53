package io.tripline.sensor.publish;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What became of the packets of one sensor. The four numbers stand in the {@link Ledger}'s file, so that the next run
 * knows what a killed one owes. Any thread.
 */
public final class Account {
    static final int SIZE = 4 * Long.BYTES;
    private static final int CAPTURED = 0;
    private static final int PUBLISHED = 8;
    private static final int DISCARDED = 16;
    private static final int TOLD = 24;

    private final UnsafeBuffer words;
    private final int at;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong lostDrops = new AtomicLong();

    Account(UnsafeBuffer words, int at) {
        this.words = words;
        this.at = at;
    }

    /**
     * Closes the books of an earlier run: what was captured and neither published nor lies in the spool is discarded.
     *
     * @return packets that the earlier run lost untold
     */
    long carryOver(Spool.Contents spooled) {
        long owed = captured() - published() - told() - spooled.packets() - spooled.discarded();
        long lost = Math.max(0, owed);
        words.putLong(at + PUBLISHED, 0);
        words.putLong(at + TOLD, 0);
        words.putLong(at + DISCARDED, lost + spooled.discarded());
        words.putLong(at + CAPTURED, lost + spooled.discarded() + spooled.packets());
        untold.set(lost);
        return lost;
    }

    /** Counts packets that the sensor took from the capture. */
    public void capture(long packets) {
        words.getAndAddLong(at + CAPTURED, packets);
    }

    /** Counts packets of a batch that was thrown away. */
    void discard(long packets, long dropped) {
        words.getAndAddLong(at + DISCARDED, packets);
        untold.addAndGet(packets);
        lostDrops.addAndGet(dropped);
    }

    /** Counts what a batch told that is safe now. */
    void publish(Outgoing batch) {
        words.getAndAddLong(at + PUBLISHED, batch.packets);
        words.getAndAddLong(at + TOLD, batch.discarded);
    }

    /** What the next batch has to tell as discarded; it is told with it. */
    long takeUntold() {
        return untold.getAndSet(0);
    }

    /** A batch that was to tell so much will not arrive. */
    void giveBack(Outgoing batch) {
        untold.addAndGet(batch.discarded);
        lostDrops.addAndGet(batch.dropped);
    }

    /** Losses of the capture that discarded batches would have told. */
    long takeLostDrops() {
        return lostDrops.getAndSet(0);
    }

    boolean hasUntold() {
        return untold.get() > 0 || lostDrops.get() > 0;
    }

    long captured() {
        return words.getLongVolatile(at + CAPTURED);
    }

    /** Packets whose batch is safe. */
    public long published() {
        return words.getLongVolatile(at + PUBLISHED);
    }

    /** Packets thrown away, also by earlier runs that were killed. */
    public long discarded() {
        return words.getLongVolatile(at + DISCARDED);
    }

    private long told() {
        return words.getLongVolatile(at + TOLD);
    }
}
