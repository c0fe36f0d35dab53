package io.tripline.rules.spoof;

/**
 * A part of the network in which hosts find each other by ARP and neighbour discovery: what is claimed in one says nothing about another.
 *
 * @param name of the segment, or of the sensor that listens on it where the segment has no name
 * @param vlan outermost VLAN identifier, 0 where untagged
 */
public record Segment(String name, int vlan) {
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
