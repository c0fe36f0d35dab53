package io.tripline.rules.probe.distributedscan;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.Part;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.schemas.Address;
import io.tripline.schemas.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What sources tried in vain at one target, as far as it became known in one second. Made by the rules about actors, who know what became of
 * a probe; so only failures travel on.
 *
 * <p>Memory: at most {@link #SOURCES} sources, the same ones in whatever order parts merge, see {@link SourceProbes} for each.
 */
public final class TargetProbes implements Part<Address, TargetProbes> {
    public static final Codec<TargetProbes> CODEC =
            Codec.of("target-probes", 1, TargetProbes.class, TargetProbes::write, TargetProbes::read);

    /** Sources of one target in one second that are followed; of more, those whose hash is lowest. */
    public static final int SOURCES = 512;

    private static final int STORED_SOURCES = SOURCES + 1;

    private final Address target;
    private final long second;
    private final SortedMap<Address, SourceProbes> sources = new TreeMap<>();
    private final SensorCounts sensors;
    private long clockShift;
    private boolean sampled;

    public TargetProbes(Address target, long second) {
        this(target, second, new SensorCounts());
    }

    private TargetProbes(Address target, long second, SensorCounts sensors) {
        this.target = target;
        this.second = second;
        this.sensors = sensors;
    }

    @Override
    public Address subject() {
        return target;
    }

    @Override
    public long second() {
        return second;
    }

    /** Each source's probes are told once, by rules that know what all sensors saw. */
    @Override
    public String sensor() {
        return "";
    }

    /** By source. */
    public SortedMap<Address, SourceProbes> sources() {
        return sources;
    }

    /** Packets by the sensor that saw them. */
    public SensorCounts sensors() {
        return sensors;
    }

    /** What the sensor had added to capture time to get stream time, microseconds. */
    public long clockShift() {
        return clockShift;
    }

    /** Whether there were more sources than are followed. */
    public boolean sampled() {
        return sampled;
    }

    /** Adds what one source did. */
    public void add(Address source, SourceProbes probes) {
        SourceProbes known = sources.get(source);
        if (known == null) {
            sources.put(source, probes);
            bound();
        } else {
            known.merge(probes);
        }
    }

    /** Notes which sensors saw it, and how far their clock was moved. */
    public void seenBy(SensorCounts packets, long shift) {
        sensors.addAll(packets);
        clockShift = Math.max(clockShift, shift);
    }

    @Override
    public void merge(TargetProbes other) {
        other.sources.forEach(this::add);
        seenBy(other.sensors, other.clockShift);
        sampled |= other.sampled;
    }

    private void bound() {
        if (sources.size() > SOURCES) {
            sampled = true;
            Address highest = sources.firstKey();
            for (Address source : sources.keySet()) {
                if (Long.compareUnsigned(order(source), order(highest)) > 0) {
                    highest = source;
                }
            }
            sources.remove(highest);
        }
    }

    /** A hash by which a sample is taken; same everywhere, so that a sample of addresses is the same however parts were cut. */
    public static long order(Address address) {
        return Hash.mix(address.high(), address.low());
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(target.high());
        out.writeLong(target.low());
        out.writeLong(second);
        out.writeLong(clockShift);
        out.writeBoolean(sampled);
        sensors.write(out);
        out.writeInt(sources.size());
        for (Map.Entry<Address, SourceProbes> source : sources.entrySet()) {
            out.writeLong(source.getKey().high());
            out.writeLong(source.getKey().low());
            source.getValue().write(out);
        }
    }

    public static TargetProbes read(DataInput in) throws IOException {
        Address target = new Address(in.readLong(), in.readLong());
        long second = in.readLong();
        long clockShift = in.readLong();
        boolean sampled = in.readBoolean();
        TargetProbes probes = new TargetProbes(target, second, SensorCounts.read(in));
        probes.clockShift = clockShift;
        probes.sampled = sampled;
        for (int i = Stored.readSize(in, STORED_SOURCES, "sources"); i > 0; i--) {
            probes.sources.put(new Address(in.readLong(), in.readLong()), SourceProbes.read(in));
        }
        return probes;
    }
}
