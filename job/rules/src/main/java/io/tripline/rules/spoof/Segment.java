package io.tripline.rules.spoof;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;

/**
 * A part of the network in which hosts find each other by ARP and neighbour discovery: what is claimed in one says nothing about another.
 *
 * @param name of the segment, or of the sensor that listens on it where the segment has no name
 * @param vlan outermost VLAN identifier, 0 where untagged
 */
public record Segment(String name, int vlan) {
    public static final Codec<Segment> CODEC = Codec.of(
            "segment",
            1,
            Segment.class,
            (segment, out) -> {
                Stored.writeText(segment.name(), out);
                out.writeInt(segment.vlan());
            },
            in -> new Segment(Stored.readText(in), in.readInt()));

    /** Stable across processes: Flink partitions keys by it. */
    @Override
    public int hashCode() {
        return name.hashCode() * 31 + vlan;
    }

    @Override
    public String toString() {
        return vlan == 0 ? name : name + " vlan " + vlan;
    }
}
