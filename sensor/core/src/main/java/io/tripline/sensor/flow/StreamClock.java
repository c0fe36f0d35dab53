package io.tripline.sensor.flow;

/**
 * Turns capture time into stream time, which goes back by at most {@link #DISORDER} microseconds.
 *
 * <p>A few packets far behind the newest are stragglers and are raised to that bound. {@link #SET_BACK} of them in a
 * row mean that the capture's clock was set back, or that captures of different years were joined: then the difference
 * is bridged by whole seconds, so that windows of event time neither hang nor mix the two. Jumps forward are taken as
 * they come. A source that looks ahead, as files allow, tells of a clock that was set back by {@link #setBack}, and
 * then nobody needs to wait for more of it.
 *
 * <p>Two things are added to capture time, both whole seconds: {@link #shift()}, a trick that people never see, and
 * {@link #correction()}, by which the capture's clock is known to be off.
 */
final class StreamClock {
    static final long SECOND = 1_000_000;

    /** How far behind the newest packet another may be, microseconds. */
    static final long DISORDER = SECOND;

    /** Packets in a row that must be behind before the clock counts as set back. */
    static final int SET_BACK = 16;

    /** The last microsecond of the year 9999, which documents can still write; later times stand still there. */
    static final long LAST = 253_402_300_799_999_999L;

    private static final long MINUTE = 60 * SECOND;

    private final long begin;
    private long newest = -1;
    private long shift;
    private long correction;
    private long outOfOrder;
    private int behind;
    private boolean knownSetBack;

    /** Stream time is capture time until a clock is set back. */
    StreamClock() {
        this(0);
    }

    /**
     * Stream time begins within the minute after {@code begin}, whenever the capture was taken: shifted by whole
     * minutes, so that what is told by the minute stays the same.
     *
     * @param begin microseconds since the epoch; 0 to keep capture time
     */
    StreamClock(long begin) {
        this.begin = begin;
    }

    /**
     * Takes the capture time of the next packet.
     *
     * @param captureNanos nanoseconds since the epoch
     * @return stream time, microseconds since the epoch, 0 to {@link #LAST}
     */
    long advance(long captureNanos) {
        long capture = Math.floorDiv(captureNanos, 1_000L) + correction;
        if (newest < 0 && begin > 0) {
            shift = -Math.floorDiv(capture - begin, MINUTE) * MINUTE;
        }
        long time = bounded(capture + shift);
        if (time >= newest) {
            newest = time;
            behind = 0;
            knownSetBack = false;
            return time;
        }
        if (time >= newest - DISORDER) {
            behind = 0;
            return time;
        }
        if (++behind < SET_BACK && !knownSetBack) {
            outOfOrder++;
            return newest - DISORDER;
        }
        behind = 0;
        knownSetBack = false;
        long seconds = newest / SECOND + 1 - Math.floorDiv(capture, SECOND);
        shift = seconds * SECOND;
        newest = Math.max(newest, bounded(capture + shift));
        return newest;
    }

    /** Takes notice that the clock was set back before the next packet. */
    void setBack() {
        knownSetBack = true;
    }

    /** Takes notice that the next packet is out of order, though its time does not show it. */
    void late() {
        outOfOrder++;
    }

    /** Takes notice that no packet older than this capture time is to come, but for the allowed disorder. */
    void reach(long captureMicros) {
        newest = Math.max(newest, stream(captureMicros));
    }

    /** Stream time of a moment on the capture's clock, microseconds. */
    long stream(long captureMicros) {
        return bounded(captureMicros + correction + shift);
    }

    /**
     * From now on so much is added to capture time because the capture's clock is off: whole seconds, in microseconds.
     */
    void correct(long micros) {
        correction = micros;
    }

    long correction() {
        return correction;
    }

    /** Newest stream time reached, microseconds; -1 before the first packet. */
    long newest() {
        return newest;
    }

    /** Whole seconds, in microseconds, that are added to capture time besides the correction. */
    long shift() {
        return shift;
    }

    /** Packets so far whose time was raised. */
    long outOfOrder() {
        return outOfOrder;
    }

    private static long bounded(long time) {
        return Math.max(0, Math.min(time, LAST));
    }
}
