package io.tripline.job.activity;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Packets by the sensor that saw them. Most actors are seen by one sensor, so the first takes no map. */
public final class SensorCounts {
    private static final int SENSORS = 65_536;

    private String first = "";
    private long firstPackets;
    private @Nullable SortedMap<String, Long> others;

    /** Adds packets that a sensor saw. */
    public void add(String sensor, long packets) {
        if (firstPackets == 0) {
            first = sensor;
        }
        if (first.equals(sensor)) {
            firstPackets += packets;
        } else {
            SortedMap<String, Long> more = others;
            if (more == null) {
                more = new TreeMap<>();
                others = more;
            }
            more.merge(sensor, packets, Long::sum);
        }
    }

    public void addAll(SensorCounts counts) {
        if (counts.firstPackets > 0) {
            add(counts.first, counts.firstPackets);
        }
        if (counts.others != null) {
            counts.others.forEach(this::add);
        }
    }

    /** The same sensors with at most so many packets each, where only some of the packets are meant and nobody knows which. */
    public SensorCounts atMost(long packets) {
        SensorCounts part = new SensorCounts();
        bySensor().forEach((sensor, count) -> part.add(sensor, Math.min(count, packets)));
        return part;
    }

    public void clear() {
        firstPackets = 0;
        others = null;
    }

    /** A map of its own, by name. */
    public SortedMap<String, Long> bySensor() {
        SortedMap<String, Long> all = others == null ? new TreeMap<>() : new TreeMap<>(others);
        if (firstPackets > 0) {
            all.put(first, firstPackets);
        }
        return all;
    }

    public void write(DataOutput out) throws IOException {
        if (others == null && firstPackets > 0) {
            out.writeInt(1);
            Stored.writeText(first, out);
            out.writeLong(firstPackets);
            return;
        }
        SortedMap<String, Long> all = bySensor();
        out.writeInt(all.size());
        for (Map.Entry<String, Long> count : all.entrySet()) {
            Stored.writeText(count.getKey(), out);
            out.writeLong(count.getValue());
        }
    }

    public static SensorCounts read(DataInput in) throws IOException {
        SensorCounts counts = new SensorCounts();
        for (int i = Stored.readSize(in, SENSORS, "sensors"); i > 0; i--) {
            counts.add(Stored.readText(in), in.readLong());
        }
        return counts;
    }
}
