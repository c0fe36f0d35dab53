package io.tripline.rules.ratelimit;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.engine.Part;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.sketch.LowestHashes;
import io.tripline.rules.sketch.Overlap;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a source did in one second of what its limit counts. At most {@link TargetCount#MOST} targets, about 2 KB. */
public final class LimitCount implements Part<LimitKey, LimitCount> {
    public static final Codec<LimitCount> CODEC =
            Codec.of("limit-count", 1, LimitCount.class, LimitCount::write, LimitCount::read);

    /** No frame is known. */
    static final long NO_FRAME = Long.MAX_VALUE;

    private static final int LITTLE = 4;

    private final LimitKey key;
    private final long second;
    private final SensorCounts sensors;
    private final LowestHashes<TargetCount> targets;
    private long count;
    private long packets;
    private long bytes;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long frame = NO_FRAME;
    private long clockShift;

    LimitCount(LimitKey key, long second) {
        this(key, second, new SensorCounts(), new LowestHashes<>(TargetCount.MOST));
    }

    private LimitCount(LimitKey key, long second, SensorCounts sensors, LowestHashes<TargetCount> targets) {
        this.key = key;
        this.second = second;
        this.sensors = sensors;
        this.targets = targets;
    }

    /**
     * Adds packets to one target.
     *
     * @param time stream time, microseconds
     * @param frame the first of them, {@link #NO_FRAME} where that is not known
     * @param counted how much of what the limit counts
     */
    void add(long high, long low, long time, long frame, long counted, long morePackets, long moreBytes) {
        count += counted;
        packets += morePackets;
        bytes += moreBytes;
        first = Math.min(first, time);
        last = Math.max(last, time);
        this.frame = Math.min(this.frame, frame);
        TargetCount known = targets.get(TargetCount.hash(high, low));
        if (known == null) {
            targets.add(new TargetCount(new Address(high, low), counted));
        } else {
            known.add(counted);
        }
    }

    void seenBy(String sensor, long morePackets, long shift) {
        sensors.add(sensor, morePackets);
        clockShift = Math.max(clockShift, shift);
    }

    @Override
    public LimitKey subject() {
        return key;
    }

    @Override
    public long second() {
        return second;
    }

    @Override
    public String sensor() {
        return sensors.sensor();
    }

    /** How much of what the limit counts. */
    long count() {
        return count;
    }

    long packets() {
        return packets;
    }

    /** On the wire. */
    long bytes() {
        return bytes;
    }

    /** Stream time of the first packet, microseconds. */
    long first() {
        return first;
    }

    /** Stream time of the last packet, microseconds. */
    long last() {
        return last;
    }

    /** The lowest frame, or {@link #NO_FRAME}. */
    long frame() {
        return frame;
    }

    long clockShift() {
        return clockShift;
    }

    SensorCounts sensors() {
        return sensors;
    }

    LowestHashes<TargetCount> targets() {
        return targets;
    }

    @Override
    public boolean isLittle() {
        return packets < LITTLE;
    }

    @Override
    public void merge(LimitCount other) {
        count += other.count;
        packets += other.packets;
        bytes += other.bytes;
        span(other);
        targets.addAll(other.targets);
    }

    /** Whether two sensors saw the same packets is told by their targets. */
    @Override
    public void combine(LimitCount other) {
        Overlap overlap = targets.overlap(other.targets);
        count = overlap.combine(count, other.count);
        packets = overlap.combine(packets, other.packets);
        bytes = overlap.combine(bytes, other.bytes);
        span(other);
        LowestHashes<TargetCount> fresh = new LowestHashes<>(TargetCount.MOST);
        for (TargetCount target : other.targets.entries()) {
            TargetCount known = targets.get(target.hash());
            if (known == null) {
                fresh.add(target);
            } else {
                known.raise(target.count());
            }
        }
        boolean sampled = other.targets.sampled();
        other.targets.entries().clear();
        if (sampled) {
            targets.addAll(other.targets);
        }
        targets.addAll(fresh);
    }

    private void span(LimitCount other) {
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        frame = Math.min(frame, other.frame);
        clockShift = Math.max(clockShift, other.clockShift);
        sensors.addAll(other.sensors);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        key.write(out);
        out.writeLong(second);
        sensors.write(out);
        targets.write(out);
        for (long value : new long[] {count, packets, bytes, first, last, frame, clockShift}) {
            out.writeLong(value);
        }
    }

    static LimitCount read(DataInput in) throws IOException {
        LimitCount read = new LimitCount(
                LimitKey.read(in),
                in.readLong(),
                SensorCounts.read(in),
                LowestHashes.read(in, TargetCount.MOST, TargetCount::read));
        read.count = in.readLong();
        read.packets = in.readLong();
        read.bytes = in.readLong();
        read.first = in.readLong();
        read.last = in.readLong();
        read.frame = in.readLong();
        read.clockShift = in.readLong();
        return read;
    }
}
