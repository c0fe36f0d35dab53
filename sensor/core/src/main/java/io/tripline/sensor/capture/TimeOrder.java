package io.tripline.sensor.capture;

import org.jspecify.annotations.Nullable;

/**
 * Decides in which order the packets of captures are given, and with which time, from their times alone. Packets are
 * numbered as they come, from 0.
 *
 * <p>A packet is given when none that is up to {@link #WINDOW} older can come any more; older ones take their place.
 * Two things must not be sorted: a packet far ahead ({@link TimeSteps#isAhead}), which would move all that follows, and
 * what follows a clock that was set back ({@link TimeSteps}), which would mix what came one after the other. Where the
 * clock was set back all that came before is given first, and a new time line begins.
 *
 * <p>Memory: 20 bytes for each packet that waits, of which there are at most {@link #MOST_PACKETS}, or as many as have
 * {@link #MOST_BYTES}; beyond that the window is as much shorter. It is also shorter in captures of many packets a
 * second until one is seen that is out of order.
 */
final class TimeOrder {
    /** How far back the place of a packet may be, nanoseconds. */
    static final long WINDOW = 10_000_000_000L;

    /** Packets that may wait to be given, and bytes that these may have. */
    static final int MOST_PACKETS = 1 << 18;

    static final int MOST_BYTES = 24 * 1024 * 1024;

    /**
     * Packets that may wait until the first one comes out of order: then what was looked at is still in the processor's
     * cache when it is given.
     */
    static final int FIRST_PACKETS = 1 << 14;

    static final int FIRST_BYTES = 1024 * 1024;

    /** Packets that may wait for a decision, and bytes that these may have. */
    static final int MOST_UNDECIDED = 1 << 17;

    static final int MOST_UNDECIDED_BYTES = 8 * 1024 * 1024;

    /** Later times, of the year 2262, are taken as this; earlier than 1970 as 0. */
    private static final long LATEST = Long.MAX_VALUE - 2 * WINDOW;

    /**
     * How late a packet may come after younger ones were given without being called late: what a sensor allows,
     * nanoseconds.
     */
    private static final long TOLERANCE = 1_000_000_000L;

    private static final int KIND_SHIFT = 60;
    private static final long NUMBER = (1L << KIND_SHIFT) - 1;

    private final Waiting waiting = new Waiting();
    private final SortWindow window = new SortWindow();
    private final TimeSteps steps = new TimeSteps(waiting);
    private long number;
    private long given = Long.MIN_VALUE;
    private boolean ended;
    private boolean draining;
    private boolean wide;
    private long reordered;
    private long furthest;
    private long late;
    private long ahead;
    private long setBacks;
    private long furthestSetBack;

    /** Takes notice of the next packet. */
    void offer(long packetTime, int size) {
        long time = Math.max(0, Math.min(packetTime, LATEST));
        if (waiting.count() == 0 && !draining && steps.isNext(time)) {
            pass(time, size, null);
        } else {
            waiting.add(time, size);
        }
    }

    /** No more packets come. */
    void end() {
        ended = true;
    }

    /**
     * Takes packets that can be given as they come: in order, with their own time.
     *
     * @param expected number of the first
     * @return how many
     */
    int run(long expected, int most) {
        settle();
        long latest = latest();
        int count = 0;
        while (count < most && window.takeIf(expected + count, latest)) {
            count++;
        }
        if (count > 0) {
            given = window.time();
            restartWhenDrained();
        }
        return count;
    }

    /** Takes the next packet, if it can be given. */
    boolean poll() {
        settle();
        if (window.count() == 0 || window.nextTime() > latest()) {
            return false;
        }
        window.take();
        given = window.time();
        restartWhenDrained();
        return true;
    }

    /** Number of the packet taken last. */
    long number() {
        return number(window.entry());
    }

    /** Time to give it, nanoseconds. */
    long time() {
        return window.time();
    }

    /** What was wrong with it, if anything. */
    @Nullable
    Disorder disorder() {
        return switch ((int) (window.entry() >>> KIND_SHIFT)) {
            case 1 -> Disorder.SET_BACK;
            case 2 -> Disorder.LATE;
            case 3 -> Disorder.AHEAD;
            default -> null;
        };
    }

    TimeFaults faults() {
        return new TimeFaults(reordered, furthest, late, ahead, setBacks, furthestSetBack);
    }

    static long number(long entry) {
        return entry & NUMBER;
    }

    private boolean isFull() {
        return window.count() >= (wide ? MOST_PACKETS : FIRST_PACKETS)
                || window.bytes() >= (wide ? MOST_BYTES : FIRST_BYTES);
    }

    private boolean mustDecide() {
        return ended || waiting.count() >= MOST_UNDECIDED || waiting.bytes() >= MOST_UNDECIDED_BYTES;
    }

    private long latest() {
        boolean all = draining || (ended && waiting.count() == 0) || isFull();
        return all ? Long.MAX_VALUE : steps.front() - WINDOW;
    }

    /** Decides what can be decided. */
    private void settle() {
        while (waiting.count() > 0 && !draining) {
            TimeSteps.Step step = steps.judge(mustDecide());
            if (step == TimeSteps.Step.UNDECIDED) {
                return;
            }
            take(step);
        }
    }

    private void take(TimeSteps.Step step) {
        long time = waiting.time(0);
        int size = waiting.size();
        switch (step) {
            case ON -> pass(time, size, null);
            case SORT -> sort(time, size);
            case LATE -> {
                late++;
                pass(steps.front(), size, Disorder.LATE);
            }
            case AHEAD -> {
                ahead++;
                pass(steps.front(), size, Disorder.AHEAD);
            }
            case FIRST_AHEAD -> {
                ahead += window.count();
                window.settle(time, mark(Disorder.AHEAD));
                steps.restart();
                pass(time, size, null);
            }
            default -> {
                setBacks++;
                furthestSetBack = Math.max(furthestSetBack, steps.front() - time);
                draining = true;
                restartWhenDrained();
                return;
            }
        }
        waiting.remove();
    }

    /** The next packet begins a time line, once all that came before is given. */
    private void restartWhenDrained() {
        if (draining && window.count() == 0) {
            draining = false;
            boolean far = steps.front() - waiting.time(0) > TOLERANCE;
            steps.setBack();
            window.restart();
            given = Long.MIN_VALUE;
            pass(waiting.time(0), waiting.size(), far ? Disorder.SET_BACK : null);
            waiting.remove();
        }
    }

    private void sort(long time, int size) {
        wide |= steps.front() - time >= TimeSteps.LEAST;
        if (time < given) {
            boolean far = given - time > TOLERANCE;
            late += far ? 1 : 0;
            pass(given, size, far ? Disorder.LATE : null);
        } else {
            reordered++;
            furthest = Math.max(furthest, steps.front() - time);
            pass(time, size, null);
        }
    }

    private void pass(long time, int size, @Nullable Disorder disorder) {
        window.add(time, number++ | (disorder == null ? 0 : mark(disorder)), size);
        steps.passed(time);
    }

    private static long mark(Disorder disorder) {
        long code = switch (disorder) {
            case SET_BACK -> 1;
            case LATE -> 2;
            case AHEAD -> 3;
        };
        return code << KIND_SHIFT;
    }
}
