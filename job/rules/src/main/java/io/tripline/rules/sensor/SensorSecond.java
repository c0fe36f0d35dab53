package io.tripline.rules.sensor;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.Part;
import io.tripline.schemas.PacketBatch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one sensor told of itself in one second of stream time: which batches, of which runs, what was lost before they were made, and how its clocks
 * stood. Of more than {@link #RUNS} runs, which only a sensor that dies at once has in a second, the latest are kept.
 */
public final class SensorSecond implements Part<String, SensorSecond> {
    public static final Codec<SensorSecond> CODEC =
            Codec.of("sensor-second", 1, SensorSecond.class, SensorSecond::write, SensorSecond::read);

    static final int RUNS = 4;

    private final String sensor;
    private long second;
    private final SortedMap<Long, SensorRun> runs = new TreeMap<>();
    private long packets;
    private long dropped;
    private long discarded;
    private long clockShift;
    private long clockOffset;
    private long leastLead = Long.MAX_VALUE;
    private boolean spooled;

    public SensorSecond(String sensor, long second) {
        this.sensor = sensor;
        this.second = second;
    }

    @Override
    public String subject() {
        return sensor;
    }

    @Override
    public long second() {
        return second;
    }

    @Override
    public String sensor() {
        return sensor;
    }

    @Override
    public boolean raise(long later) {
        second = later;
        return true;
    }

    /** Runs by when they began; 0 stands for all of whom nobody knows. */
    public SortedMap<Long, SensorRun> runs() {
        return Collections.unmodifiableSortedMap(runs);
    }

    public long packets() {
        return packets;
    }

    /** Packets that the capture lost. */
    public long dropped() {
        return dropped;
    }

    /** Packets that the sensor captured and had to throw away. */
    public long discarded() {
        return discarded;
    }

    /** The most that the sensor added to capture time, microseconds. */
    public long clockShift() {
        return clockShift;
    }

    /** How far the sensor's clock was ahead of the broker's, negative where behind, the farthest, microseconds; 0 where nothing was measured. */
    public long clockOffset() {
        return clockOffset;
    }

    /** Whether batches say when they were sent; those from files do not. */
    public boolean live() {
        return leastLead != Long.MAX_VALUE;
    }

    /**
     * How far the sensor's wall clock was ahead of its newest packet when it sent a batch, microseconds, the least of them; for
     * {@link #live} only.
     */
    public long leastLead() {
        return leastLead;
    }

    /** Whether any of it waited in the sensor's spool. */
    public boolean spooled() {
        return spooled;
    }

    void add(PacketBatch batch) {
        run(batch.getRun())
                .add(batch.getSequence(), batch.getTime(), batch.getNewest(), batch.getEnding(), batch.getSentAt() > 0);
        spooled |= batch.getSpooled();
        boundRuns();
        packets += batch.getPackets();
        dropped += batch.getDropped();
        discarded += batch.getDiscarded();
        clockShift = Math.max(clockShift, batch.getClockShift());
        clockOffset = farther(clockOffset, batch.getClockOffset());
        if (batch.getSentAt() > 0) {
            // Both by the sensor's own clock.
            long newest = batch.getNewest() - batch.getClockShift() - batch.getClockCorrection();
            leastLead = Math.min(leastLead, batch.getSentAt() - newest);
        }
    }

    private SensorRun run(long began) {
        return runs.computeIfAbsent(began, run -> new SensorRun());
    }

    private void boundRuns() {
        while (runs.size() > RUNS) {
            runs.remove(runs.firstKey());
        }
    }

    static long farther(long one, long other) {
        int order = Long.compare(Math.abs(one), Math.abs(other));
        return order > 0 || (order == 0 && one > other) ? one : other;
    }

    @Override
    public void merge(SensorSecond other) {
        other.runs.forEach((began, run) -> run(began).merge(run));
        boundRuns();
        packets += other.packets;
        dropped += other.dropped;
        discarded += other.discarded;
        clockShift = Math.max(clockShift, other.clockShift);
        clockOffset = farther(clockOffset, other.clockOffset);
        leastLead = Math.min(leastLead, other.leastLead);
        spooled |= other.spooled;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeText(sensor, out);
        out.writeLong(second);
        out.writeInt(runs.size());
        for (Map.Entry<Long, SensorRun> run : runs.entrySet()) {
            out.writeLong(run.getKey());
            run.getValue().write(out);
        }
        for (long value : new long[] {packets, dropped, discarded, clockShift, clockOffset, leastLead}) {
            out.writeLong(value);
        }
        out.writeBoolean(spooled);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what no second can hold
     */
    public static SensorSecond read(DataInput in) throws IOException {
        SensorSecond read = new SensorSecond(Stored.readText(in), in.readLong());
        for (int i = Stored.readSize(in, RUNS, "runs"); i > 0; i--) {
            read.runs.put(in.readLong(), SensorRun.read(in));
        }
        read.packets = in.readLong();
        read.dropped = in.readLong();
        read.discarded = in.readLong();
        read.clockShift = in.readLong();
        read.clockOffset = in.readLong();
        read.leastLead = in.readLong();
        read.spooled = in.readBoolean();
        return read;
    }
}
