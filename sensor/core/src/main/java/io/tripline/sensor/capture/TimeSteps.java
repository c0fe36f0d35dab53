package io.tripline.sensor.capture;

/**
 * Says what a step in the times of a capture means, from what came before and what comes next.
 *
 * <ul>
 *   <li><b>Forward</b> by up to the window, or further with most of the next {@link #NEXT} packets there too: time went
 *       on.
 *   <li><b>Far ahead</b> of most of those: that packet's time is impossible.
 *   <li><b>Back within the window</b>: the clock was set back if the times then rise again, packet by packet, to where
 *       they were, as they had done before, and hardly ever go back on the way. Where they get there at one leap, or
 *       had come there at one leap, the older time line is still alive: another tap's packets, or a few that were held
 *       up. These are sorted.
 *   <li><b>Back beyond the window</b>: the clock was set back, or captures were joined, if nearly all of the next
 *       packets are there too; else this packet is late.
 * </ul>
 *
 * <p>No clock is set back again and again: beyond a few times in a minute, packets are taken as sorted or late.
 */
final class TimeSteps {
    enum Step {
        /** Time goes on. */
        ON,
        /** Put it in its place. */
        SORT,
        /** Too old for that. */
        LATE,
        /** Far ahead of what follows. */
        AHEAD,
        /** All packets so far are far ahead of what follows. */
        FIRST_AHEAD,
        /** The clock was set back before it. */
        SET_BACK,
        /** More packets must come first. */
        UNDECIDED
    }

    /** Packets that tell about a step by more than the window. */
    static final int NEXT = 16;

    /** Packets that must rise again to where the clock was before it counts as set back. */
    static final int SEVERAL = 8;

    /** A lesser step back is no clock that was set: several receive queues, or taps, nanoseconds. */
    static final long LEAST = 250_000_000L;

    private static final long MINUTE = 60_000_000_000L;
    private static final int NEAR_IN_A_MINUTE = 3;
    private static final int FAR_IN_A_MINUTE = 16;

    /**
     * Packets at the begin of a capture that are believed to be far ahead rather than the clock set back behind them.
     */
    private static final int FIRST = 2;

    private static final int RECENT = 64;

    private final Waiting waiting;
    private final long[] recent = new long[RECENT];
    private long passed;
    private long front = Long.MIN_VALUE;
    private long begin;
    private boolean restarted;
    private int setBacks;

    /** Packets from the first waiting on that were found to be another tap's. */
    private int sorted;

    private int looked;
    private int beyond;
    private int backwards;
    private long risen;

    TimeSteps(Waiting waiting) {
        this.waiting = waiting;
    }

    /** The newest time on the present time line. */
    long front() {
        return front;
    }

    /** Whether time plainly goes on with this packet. */
    boolean isNext(long time) {
        return time >= front && (time - front <= TimeOrder.WINDOW || passed == 0);
    }

    /** Takes notice of a packet on the present time line. */
    void passed(long time) {
        if (passed == 0) {
            begin = time;
        }
        recent[(int) passed++ & (RECENT - 1)] = time;
        front = Math.max(front, time);
        looked = 0;
        if (sorted > 0) {
            sorted--;
        }
    }

    /** A new time line begins with the next packet, because what came so far was no time. */
    void restart() {
        passed = 0;
        front = Long.MIN_VALUE;
        sorted = 0;
        restarted = true;
    }

    /** A new time line begins with the next packet, because the clock was set back. */
    void setBack() {
        restart();
        setBacks++;
    }

    /**
     * What the step to the first packet waiting means.
     *
     * @param now whether to decide with what there is
     */
    Step judge(boolean now) {
        long time = waiting.time(0);
        if (isNext(time)) {
            return Step.ON;
        }
        if (time > front) {
            return ahead(now);
        }
        if (front - time > TimeOrder.WINDOW) {
            return far(now);
        }
        if (sorted > 0 || front - time < LEAST) {
            return Step.SORT;
        }
        return near(time, now);
    }

    private Step ahead(boolean now) {
        int next = Math.min(NEXT, waiting.count() - 1);
        if (next < NEXT && !now) {
            return Step.UNDECIDED;
        }
        int back = 0;
        for (int i = 1; i <= next; i++) {
            back += waiting.time(i) <= front + TimeOrder.WINDOW ? 1 : 0;
        }
        return 2 * back > next ? Step.AHEAD : Step.ON;
    }

    private Step far(boolean now) {
        int next = Math.min(NEXT, waiting.count() - 1);
        if (next < NEXT && !now) {
            return Step.UNDECIDED;
        }
        int there = 0;
        for (int i = 1; i <= next; i++) {
            there += waiting.time(i) < front - TimeOrder.WINDOW ? 1 : 0;
        }
        if (there < 3 || 5 * there < 4 * next) {
            return Step.LATE;
        }
        if (!restarted && passed <= FIRST) {
            return Step.FIRST_AHEAD;
        }
        return isBelievable(FAR_IN_A_MINUTE) ? Step.SET_BACK : Step.LATE;
    }

    private Step near(long time, boolean now) {
        long leap = (front - time) / 2;
        if (looked == 0) {
            looked = 1;
            beyond = 0;
            backwards = 0;
            risen = time;
        }
        for (; looked < waiting.count(); looked++) {
            long next = waiting.time(looked);
            if (next - front > TimeOrder.WINDOW && ++beyond < NEXT) {
                continue;
            }
            if (next - risen > leap) {
                return sortBefore(looked);
            }
            backwards += next < risen - leap / 4 ? 1 : 0;
            risen = Math.max(risen, next);
            if (risen >= front) {
                return looked >= SEVERAL ? setBackAfterRise(time, leap) : sortBefore(looked);
            }
        }
        if (!now) {
            return Step.UNDECIDED;
        }
        return looked > NEXT ? setBackAfterRise(time, leap) : sortBefore(looked);
    }

    private Step setBackAfterRise(long time, long leap) {
        boolean steady = 8 * backwards <= looked && wasSteady(leap / 4);
        return steady && isBelievable(NEAR_IN_A_MINUTE) && rose(time, leap) ? Step.SET_BACK : sortBefore(looked);
    }

    /** The packets looked at are not looked at again. */
    private Step sortBefore(int end) {
        sorted = end;
        return Step.SORT;
    }

    /** Whether the times before the step had risen to where they were packet by packet. */
    private boolean rose(long time, long leap) {
        long lowest = front;
        for (long i = passed - 1; i >= Math.max(0, passed - RECENT); i--) {
            long before = recent[(int) i & (RECENT - 1)];
            if (before <= time) {
                return lowest - before <= leap;
            }
            lowest = Math.min(lowest, before);
        }
        return true;
    }

    /** Whether the times before the step hardly ever went back by more than this. */
    private boolean wasSteady(long tolerated) {
        long highest = 0;
        int back = 0;
        for (long i = Math.max(0, passed - RECENT); i < passed; i++) {
            long before = recent[(int) i & (RECENT - 1)];
            back += before < highest - tolerated ? 1 : 0;
            highest = Math.max(highest, before);
        }
        return back <= 2;
    }

    private boolean isBelievable(int most) {
        if (front - begin > MINUTE) {
            setBacks = 0;
        }
        return setBacks < most;
    }
}
