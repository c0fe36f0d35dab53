package io.tripline.sensor.publish;

/**
 * How far this machine's clock is off the broker's, from the times at which the broker appended heartbeats: as in NTP,
 * half way between sending and acknowledgement, of the fastest of the last few round trips (RFC 5905, 10).
 *
 * <p>Where the clock is off by more than two seconds, whole seconds are added to capture time. They are decided anew
 * only when they are off by more than that again. Any thread may read; the publishing thread measures.
 */
public final class BrokerClock {
    /** Beyond this a clock is corrected, microseconds. */
    public static final long TOLERANCE = 2_000_000;

    private static final int SAMPLES = 16;
    private static final long SECOND = 1_000_000;

    /** A round trip of this length says too little. */
    private static final long SLOWEST = 2 * SECOND;

    private final long[] trips = new long[SAMPLES];
    private final long[] offsets = new long[SAMPLES];
    private int count;
    private volatile boolean known;
    private volatile long offset;
    private volatile long correction;

    /**
     * Takes one measurement.
     *
     * @param sent this machine's clock when the record was sent, microseconds
     * @param acked the same when it was acknowledged
     * @param appended the broker's clock when it appended the record, milliseconds
     */
    void measured(long sent, long acked, long appended) {
        long trip = acked - sent;
        if (trip < 0 || trip > SLOWEST) {
            return;
        }
        int slot = count++ % SAMPLES;
        trips[slot] = trip;
        // A broker's millisecond is half over on average.
        offsets[slot] = sent + trip / 2 - (appended * 1_000 + 500);
        int best = 0;
        for (int i = 1; i < Math.min(count, SAMPLES); i++) {
            if (trips[i] < trips[best]) {
                best = i;
            }
        }
        offset = offsets[best];
        known = true;
        if (Math.abs(offset + correction) > TOLERANCE) {
            correction = -Math.round((double) offset / SECOND) * SECOND;
        }
    }

    /** Whether anything was measured yet. */
    public boolean isKnown() {
        return known;
    }

    /** How far this machine's clock is ahead of the broker's, microseconds; 0 as long as nothing was measured. */
    public long offset() {
        return offset;
    }

    /** What is to be added to capture time: whole seconds, in microseconds. */
    public long correction() {
        return correction;
    }
}
