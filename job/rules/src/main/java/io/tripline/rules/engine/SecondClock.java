package io.tripline.rules.engine;

/**
 * When a second of stream time is complete: when the stream has gone on for {@link #DISORDER_SECONDS} more, which is how far a sensor lets a packet lag
 * behind the newest. Said here for all who host rules.
 */
public final class SecondClock {
    /** No second is later: what a stream that has ended has come to. */
    public static final long LAST = Long.MAX_VALUE - 1;

    private static final long SECOND_MICROSECONDS = 1_000_000;
    private static final int DISORDER_SECONDS = 1;

    private long complete = Long.MIN_VALUE;

    /** Whether a stream that has come to this second has ended: no time of a packet lies beyond. */
    public static boolean isEnd(long second) {
        return second > Long.MAX_VALUE / SECOND_MICROSECONDS;
    }

    /**
     * The last second that is complete once a stream has come so far.
     *
     * @param newest stream time, microseconds since the epoch
     */
    public static long completeBy(long newest) {
        return Math.floorDiv(newest, SECOND_MICROSECONDS) - DISORDER_SECONDS - 1;
    }

    /**
     * The stream has come so far.
     *
     * @return whether more seconds are complete than before
     */
    public boolean advance(long newest) {
        long second = completeBy(newest);
        if (second <= complete) {
            return false;
        }
        complete = second;
        return true;
    }

    /** The last second that is complete. */
    public long complete() {
        return complete;
    }
}
