package io.tripline.job.activity;

import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Totals of one minute of traffic at one sensor, as far as one part of the stream shows it: every packet counted once. The sources
 * are those with most packets; what the others sent is in the totals.
 */
public final class TrafficMinute {
    private static final int LISTED_SOURCES = 1_000;

    /** Most packets first; ties go to the lower address. */
    private static final Comparator<Map.Entry<Address, Volume>> BUSIEST = Map.Entry.<Address, Volume>comparingByValue(
                    Comparator.comparingLong(Volume::packets).reversed())
            .thenComparing(Map.Entry.comparingByKey());

    /** Packets and bytes on the wire. */
    public record Volume(long packets, long bytes) {
        static final Volume NONE = new Volume(0, 0);

        public Volume plus(Volume other) {
            return new Volume(packets + other.packets, bytes + other.bytes);
        }
    }

    private final String sensor;
    private final long minute;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private Volume total = Volume.NONE;
    private long dropped;
    private long outOfOrder;
    private long evicted;
    private final SortedMap<String, Volume> protocols;
    private final SortedMap<String, Volume> unread;
    private final SortedMap<String, Long> indicators;
    private final SortedMap<Address, Volume> sources;

    public TrafficMinute(String sensor, long minute) {
        this(sensor, minute, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    private TrafficMinute(
            String sensor,
            long minute,
            SortedMap<String, Volume> protocols,
            SortedMap<String, Volume> unread,
            SortedMap<String, Long> indicators,
            SortedMap<Address, Volume> sources) {
        this.sensor = sensor;
        this.minute = minute;
        this.protocols = protocols;
        this.unread = unread;
        this.indicators = indicators;
        this.sources = sources;
    }

    public String sensor() {
        return sensor;
    }

    /** Stream time, whole minutes since the epoch. */
    public long minute() {
        return minute;
    }

    /** Capture time of the first packet, microseconds; {@link Long#MAX_VALUE} where there is none. */
    public long first() {
        return first;
    }

    /** Capture time of the last packet, microseconds; {@link Long#MIN_VALUE} where there is none. */
    public long last() {
        return last;
    }

    public Volume total() {
        return total;
    }

    /** Packets lost by the capture. */
    public long dropped() {
        return dropped;
    }

    /** Packets whose time was raised because they came too late. */
    public long outOfOrder() {
        return outOfOrder;
    }

    /** Conversations that a full flow table forgot. */
    public long evicted() {
        return evicted;
    }

    public SortedMap<String, Volume> protocols() {
        return protocols;
    }

    /** Packets that could not be decoded, by reason. */
    public SortedMap<String, Volume> unread() {
        return unread;
    }

    /** Packets by indicator id. */
    public SortedMap<String, Long> indicators() {
        return indicators;
    }

    /** What the busiest sources sent. */
    public SortedMap<Address, Volume> sources() {
        return sources;
    }

    void span(long from, long to) {
        first = Math.min(first, from);
        last = Math.max(last, to);
    }

    void add(Volume volume, long lost, long disordered, long forgotten) {
        total = total.plus(volume);
        dropped += lost;
        outOfOrder += disordered;
        evicted += forgotten;
    }

    /** Takes the busiest of the sources given; ties go to the lower address. */
    void listBusiest(List<Map.Entry<Address, Volume>> all) {
        all.sort(BUSIEST);
        for (Map.Entry<Address, Volume> source : all.subList(0, Math.min(LISTED_SOURCES, all.size()))) {
            sources.merge(source.getKey(), source.getValue(), Volume::plus);
        }
    }

    /** Forgets all but the busiest sources, once there are more than twice as many as are to be kept; for sums over many minutes. */
    public void keepBusiest(int limit) {
        if (sources.size() > 2 * limit) {
            Map<Address, Volume> busiest = new HashMap<>();
            sources.entrySet().stream()
                    .sorted(BUSIEST)
                    .limit(limit)
                    .forEach(source -> busiest.put(source.getKey(), source.getValue()));
            sources.keySet().retainAll(busiest.keySet());
        }
    }

    /** Adds another part, of whatever minute or sensor. */
    public void merge(TrafficMinute other) {
        span(other.first, other.last);
        add(other.total, other.dropped, other.outOfOrder, other.evicted);
        other.protocols.forEach((name, volume) -> protocols.merge(name, volume, Volume::plus));
        other.unread.forEach((reason, volume) -> unread.merge(reason, volume, Volume::plus));
        other.indicators.forEach((id, packets) -> indicators.merge(id, packets, Long::sum));
        other.sources.forEach((source, volume) -> sources.merge(source, volume, Volume::plus));
    }

    public void write(DataOutput out) throws IOException {
        out.writeUTF(sensor);
        out.writeLong(minute);
        out.writeLong(first);
        out.writeLong(last);
        writeVolume(total, out);
        out.writeLong(dropped);
        out.writeLong(outOfOrder);
        out.writeLong(evicted);
        writeVolumes(protocols, out);
        writeVolumes(unread, out);
        Activity.writeCounts(indicators, out);
        out.writeInt(sources.size());
        for (Map.Entry<Address, Volume> source : sources.entrySet()) {
            out.writeLong(source.getKey().high());
            out.writeLong(source.getKey().low());
            writeVolume(source.getValue(), out);
        }
    }

    public static TrafficMinute read(DataInput in) throws IOException {
        String sensor = in.readUTF();
        long minute = in.readLong();
        long first = in.readLong();
        long last = in.readLong();
        Volume total = readVolume(in);
        long dropped = in.readLong();
        long outOfOrder = in.readLong();
        long evicted = in.readLong();
        SortedMap<String, Volume> protocols = readVolumes(in);
        SortedMap<String, Volume> unread = readVolumes(in);
        SortedMap<String, Long> indicators = Activity.readCounts(in);
        SortedMap<Address, Volume> sources = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            sources.put(new Address(in.readLong(), in.readLong()), readVolume(in));
        }
        TrafficMinute read = new TrafficMinute(sensor, minute, protocols, unread, indicators, sources);
        read.span(first, last);
        read.add(total, dropped, outOfOrder, evicted);
        return read;
    }

    private static void writeVolume(Volume volume, DataOutput out) throws IOException {
        out.writeLong(volume.packets());
        out.writeLong(volume.bytes());
    }

    private static Volume readVolume(DataInput in) throws IOException {
        return new Volume(in.readLong(), in.readLong());
    }

    private static void writeVolumes(Map<String, Volume> volumes, DataOutput out) throws IOException {
        out.writeInt(volumes.size());
        for (Map.Entry<String, Volume> entry : volumes.entrySet()) {
            out.writeUTF(entry.getKey());
            writeVolume(entry.getValue(), out);
        }
    }

    private static SortedMap<String, Volume> readVolumes(DataInput in) throws IOException {
        SortedMap<String, Volume> volumes = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            volumes.put(in.readUTF(), readVolume(in));
        }
        return volumes;
    }
}
