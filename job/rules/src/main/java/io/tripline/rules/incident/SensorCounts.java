package io.tripline.rules.incident;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Packets by the sensor that saw them; each has its own count. Most actors are seen by one sensor, so the first takes no map. */
public final class SensorCounts {
    private static final int SENSORS = 65_536;

    private String first = "";
    private long firstPackets;
    private @Nullable SortedMap<String, Long> others;

    /** Those of a single sensor, which is known before it saw any. */
    public static SensorCounts of(String sensor) {
        SensorCounts counts = new SensorCounts();
        counts.first = sensor;
        return counts;
    }

    /** The only sensor, or the first that was added; empty where there is none. */
    public String sensor() {
        return first;
    }

    /** Whether any sensor but the one given saw packets. */
    public boolean hasOtherThan(String sensor) {
        return (firstPackets > 0 && !first.equals(sensor))
                || (others != null && others.keySet().stream().anyMatch(other -> !other.equals(sensor)));
    }

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

    /** These sensors with at most so many packets each, where only some are meant and nobody knows which. */
    public SensorCounts atMost(long packets) {
        SensorCounts part = new SensorCounts();
        bySensor().forEach((sensor, count) -> part.add(sensor, Math.min(count, packets)));
        return part;
    }

    public void clear() {
        first = "";
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
        if (all.isEmpty() && !first.isEmpty()) {
            all.put(first, 0L);
        }
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

    /** Writes counts by name; {@link #readCounts} reads them. */
    public static void writeCounts(Map<String, Long> counts, DataOutput out) throws IOException {
        out.writeInt(counts.size());
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            Stored.writeText(count.getKey(), out);
            out.writeLong(count.getValue());
        }
    }

    /**
     * Reads what {@link #writeCounts} wrote.
     *
     * @throws IOException if the bytes end early, or there are more than there can be
     */
    public static SortedMap<String, Long> readCounts(DataInput in) throws IOException {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (int i = Stored.readSize(in, SENSORS, "sensors"); i > 0; i--) {
            counts.put(Stored.readText(in), in.readLong());
        }
        return counts;
    }
}
