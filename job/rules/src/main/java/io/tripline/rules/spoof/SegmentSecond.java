package io.tripline.rules.spoof;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.Part;
import io.tripline.rules.incident.SensorCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who claimed and who asked for which address on one segment in one second. At most {@link #CLAIMS} different claims and as many questions:
 * of more, those with the lowest hash are kept, which is the same sample whatever order parts are merged in; the rest is counted.
 */
public final class SegmentSecond implements Part<Segment, SegmentSecond> {
    public static final Codec<SegmentSecond> CODEC =
            Codec.of("segment-second", 1, SegmentSecond.class, SegmentSecond::write, SegmentSecond::read);

    /** A segment of 4,000 hosts in which each speaks once a second; about 800 kB. */
    public static final int CLAIMS = 4_096;

    private final Segment segment;
    private final long second;
    private final TreeMap<Claim, Claimed> claims = new TreeMap<>();
    private final TreeMap<Solicitation, Long> asks = new TreeMap<>();
    private final SensorCounts sensors = new SensorCounts();
    private long packets;
    private long clockShift;

    public SegmentSecond(Segment segment, long second) {
        this.segment = segment;
        this.second = second;
    }

    @Override
    public Segment subject() {
        return segment;
    }

    @Override
    public long second() {
        return second;
    }

    /** Adds a claim. */
    public void claim(Claim claim, Claimed claimed) {
        packets += claimed.packets();
        keep(claim, claimed);
    }

    @Override
    public String sensor() {
        return sensors.sensor();
    }

    private void keep(Claim claim, Claimed claimed) {
        claims.merge(claim, claimed, Claimed::plus);
        if (claims.size() > CLAIMS) {
            claims.pollLastEntry();
        }
    }

    /** Adds a question. */
    public void ask(Solicitation ask, long times) {
        asks.merge(ask, times, Long::sum);
        if (asks.size() > CLAIMS) {
            asks.pollLastEntry();
        }
    }

    /** Notes which sensor saw a packet, and how far its clock was moved. */
    public void seenBy(String sensor, long shift) {
        sensors.add(sensor, 1);
        clockShift = Math.max(clockShift, shift);
    }

    @Override
    public void merge(SegmentSecond other) {
        packets += other.packets;
        other.claims.forEach(this::keep);
        other.asks.forEach(this::ask);
        sensors.addAll(other.sensors);
        clockShift = Math.max(clockShift, other.clockShift);
    }

    /** A broadcast reaches every sensor on the segment, so of each claim and question the larger count holds. */
    @Override
    public void combine(SegmentSecond other) {
        long lost = Math.max(dropped(), other.dropped());
        packets = lost;
        other.claims.forEach((claim, claimed) -> claims.merge(claim, claimed, Claimed::larger));
        for (Claimed claimed : claims.values()) {
            packets += claimed.packets();
        }
        while (claims.size() > CLAIMS) {
            claims.pollLastEntry();
        }
        other.asks.forEach((ask, times) -> asks.merge(ask, times, Math::max));
        while (asks.size() > CLAIMS) {
            asks.pollLastEntry();
        }
        sensors.addAll(other.sensors);
        clockShift = Math.max(clockShift, other.clockShift);
    }

    public SortedMap<Claim, Claimed> claims() {
        return Collections.unmodifiableSortedMap(claims);
    }

    public SortedMap<Solicitation, Long> asks() {
        return Collections.unmodifiableSortedMap(asks);
    }

    /** Packets with claims that are not among {@link #claims()}, because there were too many different ones. */
    public long dropped() {
        long kept = 0;
        for (Claimed claimed : claims.values()) {
            kept += claimed.packets();
        }
        return packets - kept;
    }

    public SensorCounts sensors() {
        return sensors;
    }

    public long clockShift() {
        return clockShift;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeText(segment.name(), out);
        out.writeInt(segment.vlan());
        out.writeLong(second);
        out.writeLong(packets);
        out.writeLong(clockShift);
        sensors.write(out);
        out.writeInt(claims.size());
        for (Map.Entry<Claim, Claimed> entry : claims.entrySet()) {
            entry.getKey().write(out);
            entry.getValue().write(out);
        }
        out.writeInt(asks.size());
        for (Map.Entry<Solicitation, Long> entry : asks.entrySet()) {
            entry.getKey().write(out);
            out.writeLong(entry.getValue());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what no second can hold
     */
    public static SegmentSecond read(DataInput in) throws IOException {
        SegmentSecond part = new SegmentSecond(new Segment(Stored.readText(in), in.readInt()), in.readLong());
        part.packets = in.readLong();
        part.clockShift = in.readLong();
        part.sensors.addAll(SensorCounts.read(in));
        for (int i = Stored.readSize(in, CLAIMS, "claims"); i > 0; i--) {
            part.claims.put(Claim.read(in), Claimed.read(in));
        }
        for (int i = Stored.readSize(in, CLAIMS, "questions"); i > 0; i--) {
            part.asks.put(Solicitation.read(in), in.readLong());
        }
        return part;
    }
}
