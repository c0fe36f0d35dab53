package io.tripline.rules.ratelimit;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.sketch.LowestHashes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What is remembered of a source under a limit: its window in steps, and the incident while it is above. At most about 8 KB. */
final class LimitState {
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private int stepSeconds;
    private long lastSecond;
    LowestHashes<TargetCount> targets = new LowestHashes<>(TargetCount.MOST);

    @Nullable
    Episode episode;
    /** Of the busiest window of the incident. */
    @Nullable
    LimitEvidence peak;

    /** What was done in a step of the window. */
    record Step(
            long number,
            long count,
            long packets,
            long bytes,
            long first,
            long last,
            long frame,
            long shift,
            SensorCounts sensors) {}

    boolean isEmpty() {
        return steps.isEmpty() && episode == null;
    }

    Iterable<Step> steps() {
        return steps;
    }

    /** Takes in a second. */
    void add(LimitCount part, Limit limit) {
        if (stepSeconds != limit.step()) {
            // Another window is set than that of which these are steps.
            steps.clear();
            stepSeconds = limit.step();
        }
        long number = Math.floorDiv(part.second(), stepSeconds);
        expire(number, limit);
        Step open = steps.peekLast();
        if (open == null || open.number < number) {
            open = new Step(
                    number, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE, LimitCount.NO_FRAME, 0, new SensorCounts());
        } else {
            steps.removeLast();
        }
        open.sensors.addAll(part.sensors());
        steps.addLast(new Step(
                open.number,
                open.count + part.count(),
                open.packets + part.packets(),
                open.bytes + part.bytes(),
                Math.min(open.first, part.first()),
                Math.max(open.last, part.last()),
                Math.min(open.frame, part.frame()),
                Math.max(open.shift, part.clockShift()),
                open.sensors));
        targets.addAll(part.targets());
        lastSecond = part.second();
    }

    private void expire(long number, Limit limit) {
        while (!steps.isEmpty() && steps.getFirst().number <= number - limit.steps()) {
            steps.removeFirst();
        }
        if (steps.isEmpty() && episode == null) {
            targets = new LowestHashes<>(TargetCount.MOST);
        }
    }

    /** How much there is in the window. */
    long count() {
        return steps.stream().mapToLong(Step::count).sum();
    }

    /** The second by which all steps have left the window. */
    long forgetAt() {
        return lastSecond + (long) stepSeconds * Limit.STEPS;
    }

    void clear() {
        steps.clear();
        targets = new LowestHashes<>(TargetCount.MOST);
        episode = null;
        peak = null;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(stepSeconds);
        out.writeLong(lastSecond);
        out.writeInt(steps.size());
        for (Step step : steps) {
            for (long value : new long[] {
                step.number, step.count, step.packets, step.bytes, step.first, step.last, step.frame, step.shift
            }) {
                out.writeLong(value);
            }
            step.sensors.write(out);
        }
        targets.write(out);
        out.writeBoolean(episode != null);
        if (episode != null) {
            episode.write(out);
        }
        out.writeBoolean(peak != null);
        if (peak != null) {
            peak.write(out);
        }
    }

    static LimitState read(DataInput in) throws IOException {
        LimitState state = new LimitState();
        state.stepSeconds = in.readInt();
        state.lastSecond = in.readLong();
        for (int i = Stored.readSize(in, Limit.STEPS, "steps"); i > 0; i--) {
            state.steps.addLast(new Step(
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    SensorCounts.read(in)));
        }
        state.targets = LowestHashes.read(in, TargetCount.MOST, TargetCount::read);
        state.episode = in.readBoolean() ? Episode.read(in) : null;
        state.peak = in.readBoolean() ? LimitEvidence.read(in) : null;
        return state;
    }
}
