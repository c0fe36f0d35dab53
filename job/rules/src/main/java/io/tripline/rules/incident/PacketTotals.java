package io.tripline.rules.incident;

import io.tripline.rules.sketch.Overlap;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Packets that are evidence of something: how many in each direction, what they carried, when, seen by whom, and the first of their frames. */
public final class PacketTotals {
    private long up;
    private long down;
    private long bytesUp;
    private long bytesDown;
    private long wireBytes;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long clockShift;
    private final Frames frames;
    private final SensorCounts sensors;

    public PacketTotals() {
        this(new Frames(), new SensorCounts());
    }

    private PacketTotals(Frames frames, SensorCounts sensors) {
        this.frames = frames;
        this.sensors = sensors;
    }

    /**
     * Adds one packet.
     *
     * @param fromInitiator whether it goes up
     * @param time stream time, microseconds
     * @param carried bytes of what it carries
     * @param length bytes on the wire
     */
    public void add(boolean fromInitiator, long time, long frame, int carried, int length, String sensor, long shift) {
        if (fromInitiator) {
            up++;
            bytesUp += carried;
        } else {
            down++;
            bytesDown += carried;
        }
        wireBytes += length;
        first = Math.min(first, time);
        last = Math.max(last, time);
        clockShift = Math.max(clockShift, shift);
        frames.add(frame);
        sensors.add(sensor, 1);
    }

    public void addAll(PacketTotals other) {
        up += other.up;
        down += other.down;
        bytesUp += other.bytesUp;
        bytesDown += other.bytesDown;
        wireBytes += other.wireBytes;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        clockShift = Math.max(clockShift, other.clockShift);
        frames.addAll(other.frames);
        sensors.addAll(other.sensors);
    }

    /** Adds what another sensor saw, of which so much is the same. */
    public void combine(PacketTotals other, Overlap overlap) {
        up = overlap.combine(up, other.up);
        down = overlap.combine(down, other.down);
        bytesUp = overlap.combine(bytesUp, other.bytesUp);
        bytesDown = overlap.combine(bytesDown, other.bytesDown);
        wireBytes = overlap.combine(wireBytes, other.wireBytes);
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        clockShift = Math.max(clockShift, other.clockShift);
        frames.addAll(other.frames);
        sensors.addAll(other.sensors);
    }

    /** Packets of the initiator. */
    public long up() {
        return up;
    }

    /** Packets of the responder. */
    public long down() {
        return down;
    }

    /** Bytes that the initiator's packets carried. */
    public long bytesUp() {
        return bytesUp;
    }

    /** Bytes that the responder's packets carried. */
    public long bytesDown() {
        return bytesDown;
    }

    public long packets() {
        return up + down;
    }

    /** Bytes on the wire. */
    public long wireBytes() {
        return wireBytes;
    }

    /** Stream time of the first, microseconds. */
    public long first() {
        return first;
    }

    /** Stream time of the last, microseconds. */
    public long last() {
        return last;
    }

    /** What the sensor had added to capture time, microseconds. */
    public long clockShift() {
        return clockShift;
    }

    public Frames frames() {
        return frames;
    }

    public SensorCounts sensors() {
        return sensors;
    }

    public void write(DataOutput out) throws IOException {
        for (long value : new long[] {up, down, bytesUp, bytesDown, wireBytes, first, last, clockShift}) {
            out.writeLong(value);
        }
        frames.write(out);
        sensors.write(out);
    }

    public static PacketTotals read(DataInput in) throws IOException {
        long[] values = new long[8];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        PacketTotals totals = new PacketTotals(Frames.read(in), SensorCounts.read(in));
        totals.up = values[0];
        totals.down = values[1];
        totals.bytesUp = values[2];
        totals.bytesDown = values[3];
        totals.wireBytes = values[4];
        totals.first = values[5];
        totals.last = values[6];
        totals.clockShift = values[7];
        return totals;
    }
}
