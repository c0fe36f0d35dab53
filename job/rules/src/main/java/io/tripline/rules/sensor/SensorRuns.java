package io.tripline.rules.sensor;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.sketch.NumberRanges;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one sensor's program that are known: which of their batches are missing, whether one began anew, and whether two go on side by side, as they
 * do where two sensors have the same name.
 *
 * <p>Batches are numbered from 0 in each run, and come by many ways: a number is lost when it has not come {@link SensorHealth#SETTLED} seconds after a higher
 * one, and its spool is not read any more. Of a run that was under way before anything was heard of the sensor, numbers count from the lowest of its first second. Memory: about 200 bytes a run,
 * at most {@link #KNOWN}, and 60 for each gap in the numbers of the last seconds.
 */
final class SensorRuns {
    private static final int KNOWN = 4;

    /** A run that begins with such a number, when another was known, is heard from its beginning. */
    private static final long EARLY = 1_000;

    /** What an earlier run sent before a later one began may be heard this much later, seconds. */
    private static final int AFTERGLOW = 2;

    private static final long SECOND = 1_000_000;

    private static final class Run {
        private final long began;
        private final long noticed;
        private final NumberRanges numbers;
        private final TreeMap<Long, Long> highest = new TreeMap<>();
        private long settled;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private boolean announced;
        private boolean live;

        private Run(long began, long noticed, NumberRanges numbers) {
            this.began = began;
            this.noticed = noticed;
            this.numbers = numbers;
        }

        private void add(long second, SensorRun more) {
            first = Math.min(first, more.first());
            last = Math.max(last, more.last());
            live |= more.live();
            numbers.addAll(more.numbers());
            numbers.forgetUpTo(settled);
            if (!numbers.isEmpty()) {
                highest.put(second, numbers.highest());
                if (highest.size() > SensorHealth.SETTLED + 1) {
                    highest.pollFirstEntry();
                }
            }
        }

        private boolean isBefore(Run other) {
            return first < other.first || (first == other.first && began < other.began);
        }

        private boolean isMissing() {
            return !highest.isEmpty()
                    && numbers.missing(settled + 1, highest.lastEntry().getValue()) > 0;
        }

        private long lost(long second) {
            Map.Entry<Long, Long> due = highest.floorEntry(second - SensorHealth.SETTLED);
            if (due == null) {
                return 0;
            }
            highest.headMap(due.getKey(), true).clear();
            long lost = numbers.missing(settled + 1, due.getValue());
            settled = Math.max(settled, due.getValue());
            numbers.forgetUpTo(settled);
            return lost;
        }
    }

    private final List<Run> runs = new ArrayList<>();

    /** Until this second a spool is read: its batches come by all ways at once, and faster than time. */
    private long held = Long.MIN_VALUE;

    /** Takes in a second; seconds come in order. */
    void add(long second, SensorSecond part) {
        boolean known = !runs.isEmpty();
        boolean knownLive = runs.stream().anyMatch(run -> run.live);
        if (part.spooled()) {
            held = second + SensorHealth.SETTLED;
        }
        part.runs().forEach((began, more) -> {
            Run run = run(began);
            if (run == null) {
                run = new Run(began, second, new NumberRanges());
                long lowest = more.numbers().isEmpty() ? 0 : more.numbers().lowest();
                run.settled = known && lowest < EARLY ? -1 : lowest - 1;
                run.announced = !knownLive || began == 0 || !more.live();
                runs.add(run);
            }
            run.add(second, more);
        });
        while (runs.size() > KNOWN) {
            runs.remove(0);
        }
    }

    private @Nullable Run run(long began) {
        for (Run run : runs) {
            if (run.began == began) {
                return run;
            }
        }
        return null;
    }

    /** How many batches turn out to be lost by the end of a second. */
    long lost(long second) {
        if (second < held) {
            return 0;
        }
        long lost = 0;
        for (Run run : runs) {
            lost += run.lost(second);
        }
        return lost;
    }

    /**
     * Whole seconds of which nothing was seen between two runs, when it is clear by the end of a second that the later one took the place of the earlier;
     * -1 where nothing began anew.
     */
    long unseen(long second) {
        long unseen = -1;
        for (Run run : runs) {
            if (!run.announced && second > run.noticed + AFTERGLOW) {
                run.announced = true;
                long before = before(run);
                if (before < run.first + AFTERGLOW * SECOND) {
                    unseen = Math.max(unseen, Math.max(0, (run.first - before + SECOND / 2) / SECOND));
                }
            }
        }
        return unseen;
    }

    /** When the runs that began before this one were last heard of; when it began itself where none did. */
    private long before(Run run) {
        long before = Long.MIN_VALUE;
        for (Run other : runs) {
            before = other.live == run.live && other.isBefore(run) ? Math.max(before, other.last) : before;
        }
        return before == Long.MIN_VALUE ? run.first : before;
    }

    /** How many runs have gone on side by side for more than {@link SensorHealth#SETTLED} seconds by the end of one; 1 where all is well. */
    int together(long second) {
        long alive = (second - SensorHealth.SETTLED) * SECOND;
        int together = 1;
        for (Run run : runs) {
            if (run.last >= alive && before(run) >= Math.max(alive, run.first + SensorHealth.SETTLED * SECOND)) {
                together++;
            }
        }
        return together;
    }

    /** Whether batches are missing that may still come. */
    boolean isMissing() {
        return runs.stream().anyMatch(Run::isMissing);
    }

    /** When something is clear that is not yet; {@link Long#MAX_VALUE} where nothing is open. */
    long wakeUp() {
        long next = Long.MAX_VALUE;
        for (Run run : runs) {
            if (run.isMissing()) {
                next = Math.min(next, Math.max(held, run.highest.firstKey() + SensorHealth.SETTLED));
            }
            if (!run.announced) {
                next = Math.min(next, run.noticed + AFTERGLOW + 1);
            }
        }
        return next;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(held);
        out.writeInt(runs.size());
        for (Run run : runs) {
            out.writeLong(run.began);
            out.writeLong(run.noticed);
            run.numbers.write(out);
            out.writeInt(run.highest.size());
            for (Map.Entry<Long, Long> highest : run.highest.entrySet()) {
                out.writeLong(highest.getKey());
                out.writeLong(highest.getValue());
            }
            out.writeLong(run.settled);
            out.writeLong(run.first);
            out.writeLong(run.last);
            out.writeBoolean(run.announced);
            out.writeBoolean(run.live);
        }
    }

    static SensorRuns read(DataInput in) throws IOException {
        SensorRuns read = new SensorRuns();
        read.held = in.readLong();
        for (int i = Stored.readSize(in, KNOWN, "runs"); i > 0; i--) {
            Run run = new Run(in.readLong(), in.readLong(), NumberRanges.read(in));
            for (int j = Stored.readSize(in, SensorHealth.SETTLED + 1, "seconds"); j > 0; j--) {
                run.highest.put(in.readLong(), in.readLong());
            }
            run.settled = in.readLong();
            run.first = in.readLong();
            run.last = in.readLong();
            run.announced = in.readBoolean();
            run.live = in.readBoolean();
            read.runs.add(run);
        }
        return read;
    }
}
