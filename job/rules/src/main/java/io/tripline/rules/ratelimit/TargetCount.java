package io.tripline.rules.ratelimit;

import io.tripline.rules.sketch.LowestHashes;
import io.tripline.schemas.Address;
import io.tripline.schemas.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How much of what is counted went to one target. */
final class TargetCount implements LowestHashes.Entry<TargetCount> {
    /** Targets of which each has its count; of more, a fair sample. */
    static final int MOST = 32;

    private final Address target;
    private long count;

    TargetCount(Address target, long count) {
        this.target = target;
        this.count = count;
    }

    static long hash(long high, long low) {
        return Hash.mix(high, low);
    }

    Address target() {
        return target;
    }

    long count() {
        return count;
    }

    void add(long more) {
        count += more;
    }

    /** Another sensor saw it too, maybe the same packets. */
    void raise(long other) {
        count = Math.max(count, other);
    }

    @Override
    public long hash() {
        return hash(target.high(), target.low());
    }

    @Override
    public void merge(TargetCount other) {
        count += other.count;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(target.high());
        out.writeLong(target.low());
        out.writeLong(count);
    }

    static TargetCount read(DataInput in) throws IOException {
        return new TargetCount(new Address(in.readLong(), in.readLong()), in.readLong());
    }
}
