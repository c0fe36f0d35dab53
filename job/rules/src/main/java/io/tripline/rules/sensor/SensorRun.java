package io.tripline.rules.sensor;

import io.tripline.rules.sketch.NumberRanges;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What came of one run of a sensor's program: numbers of batches, which count anew with each run, and its first and last times. */
public final class SensorRun {
    private final NumberRanges numbers;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private boolean ending;
    private boolean live;

    SensorRun() {
        this(new NumberRanges());
    }

    private SensorRun(NumberRanges numbers) {
        this.numbers = numbers;
    }

    void add(long sequence, long time, long newest, boolean isLast, boolean isLive) {
        numbers.add(sequence);
        first = Math.min(first, time);
        last = Math.max(last, newest);
        ending |= isLast;
        live |= isLive;
    }

    void merge(SensorRun other) {
        numbers.addAll(other.numbers);
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        ending |= other.ending;
        live |= other.live;
    }

    public NumberRanges numbers() {
        return numbers;
    }

    /** Stream time of the first batch, microseconds. */
    public long first() {
        return first;
    }

    /** Newest stream time reached, microseconds. */
    public long last() {
        return last;
    }

    /** Whether it said that it stops in order. */
    public boolean ending() {
        return ending;
    }

    /** Whether it listens to a network, and does not read files. */
    public boolean live() {
        return live;
    }

    void write(DataOutput out) throws IOException {
        numbers.write(out);
        out.writeLong(first);
        out.writeLong(last);
        out.writeBoolean(ending);
        out.writeBoolean(live);
    }

    static SensorRun read(DataInput in) throws IOException {
        SensorRun run = new SensorRun(NumberRanges.read(in));
        run.first = in.readLong();
        run.last = in.readLong();
        run.ending = in.readBoolean();
        run.live = in.readBoolean();
        return run;
    }
}
