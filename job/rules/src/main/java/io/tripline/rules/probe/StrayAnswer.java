package io.tripline.rules.probe;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.network.Service;
import io.tripline.rules.sketch.LowestHashes;
import io.tripline.schemas.Address;
import io.tripline.schemas.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a service answered to an actor whose probe the sensor did not see, in one second. For one sensor alone it says nothing: it may answer what somebody else
 * sent in the actor's name. Where another sensor saw the probe, it tells what became of it.
 */
public final class StrayAnswer implements LowestHashes.Entry<StrayAnswer> {
    private final String sensor;
    private final Address target;
    private final int service;
    private final long hash;
    private int bits;
    private long packets;

    /**
     * One or more answers.
     *
     * @param sensor that saw it
     * @param target that answered
     * @param bits marks of a {@link Contact}
     */
    StrayAnswer(String sensor, Address target, int service, int bits, long packets) {
        this.sensor = sensor;
        this.target = target;
        this.service = service;
        this.bits = bits;
        this.packets = packets;
        this.hash = Hash.mix(Hash.mix(target.high(), target.low()), (long) sensor.hashCode() << 32 | service);
    }

    public String sensor() {
        return sensor;
    }

    public Address target() {
        return target;
    }

    /** What was probed, as {@link Service} packs it. */
    public int service() {
        return service;
    }

    /** What it tells of the probe, as marks of a {@link Contact}. */
    public int bits() {
        return bits;
    }

    public long packets() {
        return packets;
    }

    @Override
    public long hash() {
        return hash;
    }

    @Override
    public void merge(StrayAnswer other) {
        bits |= other.bits;
        packets += other.packets;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeText(sensor, out);
        out.writeLong(target.high());
        out.writeLong(target.low());
        out.writeInt(service);
        out.writeInt(bits);
        out.writeLong(packets);
    }

    static StrayAnswer read(DataInput in) throws IOException {
        return new StrayAnswer(
                Stored.readText(in),
                new Address(in.readLong(), in.readLong()),
                in.readInt(),
                in.readInt(),
                in.readLong());
    }
}
