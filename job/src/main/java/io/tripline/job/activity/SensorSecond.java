package io.tripline.job.activity;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What one sensor told of itself in one second of stream time: how many batches, with which numbers, what the capture lost and how its clocks
 * stood.
 */
public final class SensorSecond implements Part<String, SensorSecond> {
    private final String sensor;
    private final long second;
    private long batches;
    private long lowest = Long.MAX_VALUE;
    private long highest = Long.MIN_VALUE;
    private long packets;
    private long dropped;
    private long clockShift;
    private long leastLead = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

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

    /** Batches, heartbeats among them. */
    public long batches() {
        return batches;
    }

    /** Lowest number of a batch. */
    public long lowest() {
        return lowest;
    }

    /** Highest number of a batch. */
    public long highest() {
        return highest;
    }

    public long packets() {
        return packets;
    }

    /** Packets that the capture lost. */
    public long dropped() {
        return dropped;
    }

    /** The most that the sensor added to capture time, microseconds. */
    public long clockShift() {
        return clockShift;
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

    /** Newest stream time reached, microseconds. */
    public long newest() {
        return newest;
    }

    void add(long sequence, long morePackets, long moreDropped, long shift, long sentAt, long newestTime) {
        batches++;
        lowest = Math.min(lowest, sequence);
        highest = Math.max(highest, sequence);
        packets += morePackets;
        dropped += moreDropped;
        clockShift = Math.max(clockShift, shift);
        newest = Math.max(newest, newestTime);
        if (sentAt > 0) {
            leastLead = Math.min(leastLead, sentAt - (newestTime - shift));
        }
    }

    @Override
    public void merge(SensorSecond other) {
        batches += other.batches;
        lowest = Math.min(lowest, other.lowest);
        highest = Math.max(highest, other.highest);
        packets += other.packets;
        dropped += other.dropped;
        clockShift = Math.max(clockShift, other.clockShift);
        leastLead = Math.min(leastLead, other.leastLead);
        newest = Math.max(newest, other.newest);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeText(sensor, out);
        for (long value :
                new long[] {second, batches, lowest, highest, packets, dropped, clockShift, leastLead, newest}) {
            out.writeLong(value);
        }
    }

    public static SensorSecond read(DataInput in) throws IOException {
        SensorSecond read = new SensorSecond(Stored.readText(in), in.readLong());
        read.batches = in.readLong();
        read.lowest = in.readLong();
        read.highest = in.readLong();
        read.packets = in.readLong();
        read.dropped = in.readLong();
        read.clockShift = in.readLong();
        read.leastLead = in.readLong();
        read.newest = in.readLong();
        return read;
    }
}
