package io.tripline.job.kafka;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * How far event time has come in one partition of the packets' topic. Its clock is the broker's: the time at which it appended a record. So a
 * second reading of the log decides as the first did, however fast it goes. Only where nothing comes any more, this machine's clock counts.
 *
 * <p>A second is complete when every sensor heard in this partition has gone on for {@link #DISORDER_SECONDS} more. Sensors that live are heard
 * twice a second in every partition. Whoever is not heard for {@link #PATIENCE} while others are is passed over until it is heard again; whoever
 * says that it ends is not waited for.
 *
 * <p>Memory: one small entry per run of a sensor that is waited for or was passed over, at most {@link #RUNS}.
 */
final class PartitionTime {
    /** No second is complete. */
    static final long NONE = Long.MIN_VALUE;

    private static final long MICROS = 1_000_000;
    private static final int DISORDER_SECONDS = 1;

    /** Milliseconds of append time after which a silent sensor is passed over. */
    static final long PATIENCE = 5_000;
    /** Milliseconds of append time after the start in which every living sensor is heard. */
    static final long GRACE = 2_000;
    /** Microseconds that a living sensor's clock may be ahead of the broker's. */
    static final long AHEAD = 60 * MICROS;
    /** Milliseconds without any record after which time goes on by itself. */
    static final long QUIET = 60_000;
    /** The same where all sensors said that they end. */
    static final long QUIET_AFTER_END = 2_000;
    /** Milliseconds without any record ever after which nobody waits for this partition. */
    static final long EMPTY = 10_000;
    /** Milliseconds after which a run that was passed over is forgotten. */
    static final long FORGOTTEN = 3_600_000;
    /** Runs of sensors that are told apart. */
    static final int RUNS = 10_000;

    /** A gap between two records counts as so much listening at most: in a longer one nobody was heard. */
    private static final long LONGEST_STEP = 1_000;

    /** Milliseconds of listening after which the slowest is looked for although no sensor's second changed. */
    private static final long LOOK = 100;

    private record Run(String sensor, long began) {}

    private static final class Heard {
        private long newest;
        private long listened;

        private Heard(long newest, long listened) {
            this.newest = newest;
            this.listened = listened;
        }
    }

    private final Map<Run, Heard> runs = new HashMap<>();
    private long firstAppended = NONE;
    private long appended = NONE;
    private long listened;
    private long looked = -LOOK;
    private long quiet;
    private long newest = NONE;
    private long complete = NONE;
    private int passedOver;
    private long ahead;

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
        Run key = new Run(sensor, run);
        if (live && reached > at * 1_000 + AHEAD) {
            ahead++;
            return;
        }
        newest = Math.max(newest, reached);
        Heard known = runs.get(key);
        boolean changed = listened - looked >= LOOK || ending || known == null;
        if (ending) {
            runs.remove(key);
        } else if (known != null) {
            changed |= Math.floorDiv(reached, MICROS) > Math.floorDiv(known.newest, MICROS);
            known.newest = Math.max(known.newest, reached);
            known.listened = listened;
        } else if (runs.size() < RUNS) {
            runs.put(key, new Heard(reached, listened));
        }
        if (changed && appended - firstAppended >= GRACE) {
            looked = listened;
            advance(slowest());
        }
    }

    /** Something came that says nothing of a sensor's time. */
    void came(long at) {
        quiet = 0;
        if (appended == NONE) {
            firstAppended = at;
            appended = at;
        }
        listened += step(at - appended);
        appended = Math.max(appended, at);
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
        if (newest != NONE && quiet >= patience) {
            advance(newest + quiet * 1_000);
        }
    }

    /** Nothing can be said of the time that passed: the broker was not there. */
    void couldNotListen() {
        quiet = 0;
    }

    /** The newest second that is complete; {@link #NONE} where there is none yet. */
    long complete() {
        return complete;
    }

    /** Whether nothing ever came, and nobody should wait for it. */
    boolean isEmpty() {
        return appended == NONE && quiet >= EMPTY;
    }

    /** Whether anything ever came. */
    boolean hasBegun() {
        return appended != NONE;
    }

    /** Milliseconds of this machine in which nothing came. */
    long quiet() {
        return quiet;
    }

    /** Runs of sensors that are waited for. */
    int waitedFor() {
        return runs.size() - passedOver;
    }

    /** Runs of sensors that are not waited for although they did not end. */
    int passedOver() {
        return passedOver;
    }

    /** Batches whose clock was too far ahead to count. */
    long ahead() {
        return ahead;
    }

    private long slowest() {
        long least = Long.MAX_VALUE;
        passedOver = 0;
        for (Iterator<Heard> all = runs.values().iterator(); all.hasNext(); ) {
            Heard one = all.next();
            long silent = listened - one.listened;
            if (silent > FORGOTTEN) {
                all.remove();
            } else if (silent > PATIENCE) {
                passedOver++;
            } else {
                least = Math.min(least, one.newest);
            }
        }
        return least;
    }

    private static long step(long milliseconds) {
        return Math.max(0, Math.min(milliseconds, LONGEST_STEP));
    }

    private void advance(long reached) {
        if (reached != Long.MAX_VALUE) {
            complete = Math.max(complete, Math.floorDiv(reached, MICROS) - DISORDER_SECONDS - 1);
        }
    }
}
