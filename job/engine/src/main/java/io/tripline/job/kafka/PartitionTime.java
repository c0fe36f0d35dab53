package io.tripline.job.kafka;

import io.tripline.rules.engine.SecondClock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far event time has come in one partition of the packets' topic. Its clock is the broker's: the time at which it
 * appended a record. So a second reading of the log decides as the first did, however fast it goes. Only where nothing
 * comes any more, this machine's clock counts.
 *
 * <p>A second is complete when every run of a sensor that is waited for has gone on for a second more, see
 * {@link SecondClock}. Sensors that live are heard twice a second in every partition. Who is waited for:
 *
 * <ul>
 *   <li>Not who says that it ends, and not who is silent for {@link #PATIENCE} while others are heard.
 *   <li>Of live runs those no further behind than the hold-back. Behind what: the {@linkplain #front() front}, the
 *       newest time that one of them has reached, but no newer than the broker's clock, since a clock that is ahead
 *       must not make all others late. Who falls further behind is left behind: the others' time goes on, and what it
 *       brings is late until it is within half of the hold-back again.
 *   <li>When all are late together, as after an outage of the broker, when each drains what it kept at a speed of its
 *       own, further behind by as much as time itself is behind the broker's clock. That allowance shrinks by a second
 *       each second, so whoever drains at twice the speed at which it captured, or faster, loses nothing, and nobody
 *       waits longer than the outage lasted.
 *   <li>No replay while a live sensor is heard. Where only replays are heard all of them, however far apart.
 * </ul>
 *
 * <p>Memory: one small entry per run of a sensor that is waited for or was passed over, at most {@link #RUNS}.
 */
final class PartitionTime {
    /** No second is complete. */
    static final long NONE = Long.MIN_VALUE;

    private static final long MICROS = 1_000_000;
    private static final long MILLI = 1_000;

    /** Milliseconds of append time after which a silent sensor is passed over. */
    static final long PATIENCE = 5_000;
    /** Milliseconds of append time after the start in which every living sensor is heard. */
    static final long GRACE = 2_000;
    /** Microseconds that a living sensor's clock may be ahead of the broker's. */
    static final long AHEAD = 60 * MICROS;
    /** Milliseconds without any record after which time advances by itself. */
    static final long QUIET = 60_000;
    /** Milliseconds without any record after which time advances by itself where all sensors said that they end. */
    static final long QUIET_AFTER_END = 2_000;
    /** Milliseconds without any record ever after which a partition that has none is not waited for. */
    static final long EMPTY = 2_000;
    /** Milliseconds after which a run that was passed over is forgotten. */
    static final long FORGOTTEN = 3_600_000;
    /** Runs of sensors that are told apart. */
    static final int RUNS = 10_000;
    /** Milliseconds that all together may be late at most for the slowest to be waited for. */
    static final long LONGEST_ALLOWANCE = 3_600_000;
    /** Milliseconds behind the front from which a sensor is named. */
    static final long NAMED = 1_000;
    /** Sensors that are named at a time. */
    static final int NAMES = 64;

    /** A gap between two records counts as so much listening at most: in a longer one nobody was heard. */
    private static final long LONGEST_STEP = 1_000;
    /** Milliseconds that all together are late at any time. */
    private static final long USUAL = 1_000;

    /** Milliseconds of listening after which the slowest is looked for although no sensor's second changed. */
    private static final long LOOK = 100;

    private record Run(String sensor, long began) {}

    private static final class Heard {
        private long newest;
        private long listened;
        private boolean live;
        private boolean leftBehind;

        private Heard(long newest, long listened, boolean live) {
            this.newest = newest;
            this.listened = listened;
            this.live = live;
        }
    }

    private final long holdBack;
    private final Map<Run, Heard> runs = new HashMap<>();
    private long firstAppended = NONE;
    /** Where nothing was and live sensors begin, nobody has anything older. */
    private boolean wasEmpty;

    private long grace = GRACE;
    private long appended = NONE;
    private long listened;
    private long looked = -LOOK;
    private long quiet;
    private boolean read;
    private long newestLive = NONE;
    private long heardLive;
    private long newestReplayed = NONE;
    private long front = NONE;
    private long allowance;
    private long lateAtStart = Long.MAX_VALUE;
    private long complete = NONE;
    private int waitedFor;
    private int passedOver;
    private int leftBehind;
    private long heldBack;
    private long ahead;
    private volatile Map<String, Long> behind = Map.of();

    /**
     * The time of a partition of which nothing was heard.
     *
     * @param holdBack milliseconds that a live run may be behind the others before they go on without it
     */
    PartitionTime(long holdBack) {
        this.holdBack = holdBack;
    }

    /**
     * A batch came.
     *
     * @param run when this run of the sensor began, as the batch says
     * @param reached newest stream time of the sensor, microseconds
     * @param live whether the sensor's wall clock and its stream time are the same
     * @param ending whether nothing more is to be expected of this run
     * @param at when the broker appended it, milliseconds
     */
    void heard(String sensor, long run, long reached, boolean live, boolean ending, long at) {
        came(at);
        if (live && wasEmpty) {
            grace = 0;
        }
        Run key = new Run(sensor, run);
        if (live && reached > at * MILLI + AHEAD) {
            ahead++;
            return;
        }
        Heard known = runs.get(key);
        boolean changed = listened - looked >= LOOK || ending || known == null;
        if (known == null) {
            known = new Heard(reached, listened, live);
            if (live && isStarting()) {
                lateAtStart = Math.min(lateAtStart, at - Math.floorDiv(reached, MILLI));
            }
            if (runs.size() < RUNS) {
                runs.put(key, known);
            }
        } else {
            changed |= Math.floorDiv(reached, MICROS) > Math.floorDiv(known.newest, MICROS);
            known.newest = Math.max(known.newest, reached);
            known.listened = listened;
            known.live = live;
        }
        if (live) {
            newestLive = Math.max(newestLive, reached);
            heardLive = listened;
            front = Math.max(front, Math.min(reached, at * MILLI));
        } else {
            newestReplayed = Math.max(newestReplayed, reached);
        }
        if (ending) {
            runs.remove(key);
        }
        if (changed && !isStarting()) {
            looked = listened;
            advance(slowest());
        }
    }

    /** Something came that says nothing of a sensor's time. */
    void came(long at) {
        boolean known = isEmpty();
        quiet = 0;
        read = false;
        if (appended == NONE) {
            wasEmpty = known;
            firstAppended = at;
            appended = at;
        }
        long step = Math.max(0, at - appended);
        listened += step(step);
        appended += step;
        allow(step);
    }

    /**
     * How late are all together? Time that stands because one is late says nothing of it, nor does a front that went
     * back because the first ended. At the start that sensor tells it which was the least late when it was first heard:
     * in a moment it may have caught up.
     */
    private void allow(long step) {
        allowance = Math.max(0, allowance - step);
        if (front == NONE || isStarting()) {
            return;
        }
        long reached = complete == NONE ? front : Math.max(front, (complete + 1) * MICROS);
        long late = appended - Math.floorDiv(reached, MILLI);
        if (complete == NONE && lateAtStart != Long.MAX_VALUE) {
            late = Math.max(late, lateAtStart);
        }
        late = Math.min(late - USUAL, LONGEST_ALLOWANCE);
        if (late > 0) {
            allowance = Math.max(allowance, late + Math.min(late, PATIENCE));
        }
    }

    private boolean isStarting() {
        return appended - firstAppended < grace;
    }

    /**
     * Time passed on this machine, and nothing came.
     *
     * @param milliseconds since the call before this, or since the last record
     */
    void nothingCame(long milliseconds) {
        // A task that was held up for long has not listened all that time.
        quiet += step(milliseconds);
        long patience = runs.isEmpty() ? QUIET_AFTER_END : QUIET;
        if (read && quiet >= patience) {
            boolean isLive = newestLive != NONE && listened - heardLive <= PATIENCE;
            long newest = isLive ? newestLive : Math.max(newestLive, newestReplayed);
            if (newest != NONE) {
                advance(newest + quiet * MILLI);
            }
        }
    }

    /**
     * The broker says that there is nothing to come but what sensors will send. Without that word time does not go on
     * by itself.
     */
    void everythingIsRead() {
        read = true;
    }

    /** Nothing can be said of the time that passed: the broker was not there, or has more than was read. */
    void couldNotListen() {
        quiet = 0;
        read = false;
    }

    /** The newest second that is complete; {@link #NONE} where there is none yet. */
    long complete() {
        return complete;
    }

    /** Whether nothing ever came, and nobody should wait for it. */
    boolean isEmpty() {
        return appended == NONE && read && quiet >= EMPTY;
    }

    /** Milliseconds of this machine in which nothing came. */
    long quiet() {
        return quiet;
    }

    /** Runs of sensors that are waited for. */
    int waitedFor() {
        return waitedFor;
    }

    /** Runs of sensors that are not waited for because they are silent, although they did not end. */
    int passedOver() {
        return passedOver;
    }

    /** Live runs of sensors that are heard, and not waited for because they are too far behind. */
    int leftBehind() {
        return leftBehind;
    }

    /** Milliseconds that the slowest live run that is waited for is behind the front. */
    long heldBack() {
        return heldBack;
    }

    /**
     * Milliseconds that sensors are behind the front, by name, where it is more than {@link #NAMED}; no more than
     * {@link #NAMES} of them.
     */
    Map<String, Long> behind() {
        return behind;
    }

    /** Batches whose clock was too far ahead to count. */
    long ahead() {
        return ahead;
    }

    /** The newest time, microseconds, that a live run has reached that is heard; no newer than the broker's clock. */
    private long front() {
        long found = NONE;
        for (Iterator<Heard> all = runs.values().iterator(); all.hasNext(); ) {
            Heard one = all.next();
            long silent = listened - one.listened;
            if (silent > FORGOTTEN) {
                all.remove();
            } else if (one.live && silent <= PATIENCE) {
                found = Math.max(found, Math.min(one.newest, appended * MILLI));
            }
        }
        return found;
    }

    private long slowest() {
        front = front();
        waitedFor = 0;
        passedOver = 0;
        leftBehind = 0;
        heldBack = 0;
        long least = Long.MAX_VALUE;
        Map<String, Long> late = null;
        for (Map.Entry<Run, Heard> entry : runs.entrySet()) {
            Heard one = entry.getValue();
            if (listened - one.listened > PATIENCE) {
                one.leftBehind = one.live;
                passedOver++;
                continue;
            }
            if (front != NONE && !one.live) {
                continue; // a replay among live sensors
            }
            long behindFront = front == NONE ? 0 : Math.floorDiv(front - one.newest, MILLI);
            one.leftBehind = behindFront > (one.leftBehind ? holdBack / 2 : holdBack + allowance);
            if (one.leftBehind) {
                leftBehind++;
            } else {
                waitedFor++;
                least = Math.min(least, one.newest);
                heldBack = Math.max(heldBack, behindFront);
            }
            if (behindFront > NAMED) {
                late = late == null ? new TreeMap<>() : late;
                if (late.size() < NAMES) {
                    late.merge(entry.getKey().sensor(), behindFront, Math::max);
                }
            }
        }
        behind = late == null ? Map.of() : Map.copyOf(late);
        return least;
    }

    private static long step(long milliseconds) {
        return Math.max(0, Math.min(milliseconds, LONGEST_STEP));
    }

    private void advance(long reached) {
        if (reached != Long.MAX_VALUE) {
            complete = Math.max(complete, SecondClock.completeBy(reached));
        }
    }
}
