package io.tripline.rules.traffic;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.network.OpenService;
import io.tripline.rules.network.ServiceNames;
import io.tripline.rules.sensor.SensorMinute;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Totals of one minute of traffic at one sensor, as far as one part of the stream shows it: every packet counted once. Totals are exact. Hosts and
 * conversations are those that moved most; what the others moved is in the totals, and {@link #hostsLeftOut} and the table's own
 * {@code others} tell how much that is. Memory: at most about 1 MiB.
 */
public final class TrafficMinute {
    public static final Codec<TrafficMinute> CODEC =
            Codec.of("traffic-minute", 1, TrafficMinute.class, TrafficMinute::write, TrafficMinute::read);

    private static final int LISTED_HOSTS = 1_000;
    private static final int LISTED_CONVERSATIONS = 1_000;
    private static final int LISTED_SERVICES = 1_000;
    private static final int SECONDS = 60;
    private static final long SECOND = 1_000_000;

    /** No list in stored minutes is longer. */
    private static final int STORED = 1 << 20;

    /** Packets and bytes on the wire. */
    public record Volume(long packets, long bytes) {
        static final Volume NONE = new Volume(0, 0);

        public Volume plus(Volume other) {
            return new Volume(packets + other.packets, bytes + other.bytes);
        }
    }

    private final String sensor;
    private final long minute;
    private String segment = "";
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long clockShift;
    private Volume total = Volume.NONE;
    private long dropped;
    private long outOfOrder;
    private long evicted;
    private long oneSided;
    private long hostsLeftOut;
    private final long[] seconds = new long[2 * SECONDS];
    private final SortedMap<String, Volume> protocols = new TreeMap<>();
    private final SortedMap<String, Volume> hierarchy = new TreeMap<>();
    private final SortedMap<String, Volume> unread = new TreeMap<>();
    private final SortedMap<String, Long> indicators = new TreeMap<>();
    private final SortedMap<Address, Exchange> hosts = new TreeMap<>();
    private final SortedMap<OpenService, OpenService.Seen> services = new TreeMap<>();
    private SensorMinute told = new SensorMinute();
    private ConversationTable conversations = new ConversationTable(STORED);

    public TrafficMinute(String sensor, long minute) {
        this.sensor = sensor;
        this.minute = minute;
    }

    public String sensor() {
        return sensor;
    }

    /** Segment that the sensor is on; empty where it has no name. */
    public String segment() {
        return segment;
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

    /** What to take from the minute's time to get capture time, microseconds. */
    public long clockShift() {
        return clockShift;
    }

    public Volume total() {
        return total;
    }

    /** What the sensor told of itself. */
    public SensorMinute told() {
        return told;
    }

    /** What came in one of its sixty seconds. */
    public Volume second(int number) {
        return new Volume(seconds[2 * number], seconds[2 * number + 1]);
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

    /** Packets from taps that do not show answers. */
    public long oneSided() {
        return oneSided;
    }

    /** Packets and bytes by the protocol that the sensor named. */
    public SortedMap<String, Volume> protocols() {
        return protocols;
    }

    /** Packets and bytes of conversations by their layers, such as {@code ip/tcp/https}. */
    public SortedMap<String, Volume> hierarchy() {
        return hierarchy;
    }

    /** Packets that could not be decoded, by reason. */
    public SortedMap<String, Volume> unread() {
        return unread;
    }

    /** Packets by indicator id. */
    public SortedMap<String, Long> indicators() {
        return indicators;
    }

    /** What the busiest hosts sent and received. */
    public SortedMap<Address, Exchange> hosts() {
        return hosts;
    }

    /** Packets sent or received by hosts that are not listed. */
    public long hostsLeftOut() {
        return hostsLeftOut;
    }

    /** Conversations that moved most bytes, times in capture time. */
    public ConversationTable conversations() {
        return conversations;
    }

    /** Services that accepted, by address. */
    public SortedMap<OpenService, OpenService.Seen> services() {
        return services;
    }

    /** Adds the figures of a batch of this minute. */
    void add(PacketBatch batch) {
        beOn(batch.getSegment());
        told.add(batch);
        total = total.plus(new Volume(batch.getPackets(), batch.getBytes()));
        dropped += batch.getDropped();
        outOfOrder += batch.getOutOfOrder();
        evicted += batch.getEvicted();
        if (!batch.getAnswersVisible()) {
            oneSided += batch.getPackets();
        }
        clockShift = Math.max(clockShift, batch.getClockShift());
        if (batch.getPackets() > 0) {
            first = Math.min(first, batch.getTime() - batch.getClockShift());
            last = Math.max(last, batch.getNewest() - batch.getClockShift());
            int number = (int) (Math.floorDiv(batch.getTime(), SECOND) - minute * SECONDS);
            seconds[2 * number] += batch.getPackets();
            seconds[2 * number + 1] += batch.getBytes();
        }
    }

    /** Of several names the last in order, so that parts merge in any order to the same. */
    private void beOn(String name) {
        if (name.compareTo(segment) > 0) {
            segment = name;
        }
    }

    /** Fills the lists from what was counted. */
    void list(AddressVolumes addresses, ConversationTable all) {
        SortedMap<Address, Exchange> counted = new TreeMap<>();
        for (int i = 0; i < addresses.size(); i++) {
            counted.put(addresses.address(i), addresses.exchange(i));
        }
        hostsLeftOut += addresses.leftOut();
        hosts.putAll(counted);
        keepHosts(LISTED_HOSTS);
        for (int row = 0; row < all.size(); row++) {
            boolean ipv4 = all.initiator(row).isIpv4();
            hierarchy.merge(
                    ServiceNames.path(ipv4, all.service(row)),
                    new Volume(all.packetsOut(row) + all.packetsIn(row), all.bytesOut(row) + all.bytesIn(row)),
                    Volume::plus);
            if (all.opened(row) > 0 && services.size() < LISTED_SERVICES) {
                services.merge(
                        new OpenService(all.responder(row), all.service(row)),
                        new OpenService.Seen(all.first(row), all.opened(row)),
                        OpenService.Seen::plus);
            }
        }
        if (all.others().packets() > 0) {
            hierarchy.merge("not-told-apart", all.others(), Volume::plus);
        }
        conversations = busiest(all, LISTED_CONVERSATIONS);
    }

    /** Forgets what moved least once there is more than twice as much as is to be kept; for sums over many minutes. */
    public void keepBusiest(int limit) {
        if (hosts.size() > 2 * limit) {
            keepHosts(limit);
        }
        if (conversations.size() > 2 * limit) {
            keepConversations(limit);
        }
    }

    /** Keeps those that sent most packets and those that received most; ties go to the lower address. */
    private void keepHosts(int limit) {
        if (hosts.size() <= limit) {
            return;
        }
        Set<Address> busiest = new HashSet<>(busiest(limit, Exchange::packetsSent));
        busiest.addAll(busiest(limit, Exchange::packetsReceived));
        hosts.entrySet().removeIf(host -> {
            boolean left = !busiest.contains(host.getKey());
            if (left) {
                hostsLeftOut += host.getValue().packetsSent() + host.getValue().packetsReceived();
            }
            return left;
        });
    }

    /** The hosts with most of something, the most first. */
    public List<Address> busiest(int limit, ToLongFunction<Exchange> of) {
        return hosts.entrySet().stream()
                .filter(host -> of.applyAsLong(host.getValue()) > 0)
                .sorted(Comparator.<Map.Entry<Address, Exchange>>comparingLong(host -> of.applyAsLong(host.getValue()))
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Rows of conversations, those with most bytes first; ties go to the lower addresses. */
    public List<Integer> busiestConversations(int limit) {
        return busiestRows(conversations, limit);
    }

    private static List<Integer> busiestRows(ConversationTable table, int limit) {
        long[] moved = new long[table.size()];
        Arrays.setAll(moved, table::bytes);
        Arrays.sort(moved);
        long least = moved.length > limit ? moved[moved.length - Math.max(1, limit)] : 0;
        List<Integer> rows = new ArrayList<>(IntStream.range(0, table.size())
                .filter(row -> table.bytes(row) >= least)
                .boxed()
                .toList());
        rows.sort(Comparator.<Integer>comparingLong(row -> -table.bytes(row))
                .thenComparing(table::initiator)
                .thenComparing(table::responder)
                .thenComparingInt(table::service));
        return rows.subList(0, Math.min(limit, rows.size()));
    }

    private void keepConversations(int limit) {
        if (conversations.size() > limit) {
            conversations = busiest(conversations, limit);
        }
    }

    /** The conversations that moved most; all that is left out is among the others. */
    private static ConversationTable busiest(ConversationTable all, int limit) {
        ConversationTable kept = new ConversationTable(STORED, Math.min(limit, all.size()));
        boolean[] stays = new boolean[all.size()];
        busiestRows(all, limit).forEach(row -> stays[row] = true);
        for (int row = 0; row < all.size(); row++) {
            if (stays[row]) {
                kept.add(all, row, 0);
            } else {
                kept.addOther(all.packetsOut(row) + all.packetsIn(row), all.bytes(row));
            }
        }
        kept.addOther(all.others().packets(), all.others().bytes());
        return kept;
    }

    /** Adds another part, of whatever minute or sensor; seconds add up only within a minute. */
    public void merge(TrafficMinute other) {
        beOn(other.segment);
        told.merge(other.told);
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        clockShift = Math.max(clockShift, other.clockShift);
        total = total.plus(other.total);
        dropped += other.dropped;
        outOfOrder += other.outOfOrder;
        evicted += other.evicted;
        oneSided += other.oneSided;
        hostsLeftOut += other.hostsLeftOut;
        Arrays.setAll(seconds, i -> seconds[i] + other.seconds[i]);
        other.protocols.forEach((name, volume) -> protocols.merge(name, volume, Volume::plus));
        other.hierarchy.forEach((path, volume) -> hierarchy.merge(path, volume, Volume::plus));
        other.unread.forEach((reason, volume) -> unread.merge(reason, volume, Volume::plus));
        other.indicators.forEach((id, packets) -> indicators.merge(id, packets, Long::sum));
        other.hosts.forEach((host, exchange) -> hosts.merge(host, exchange, Exchange::plus));
        other.services.forEach((service, seen) -> services.merge(service, seen, OpenService.Seen::plus));
        while (services.size() > 10 * LISTED_SERVICES) {
            services.remove(services.lastKey());
        }
        conversations.addAll(other.conversations);
    }

    public void write(DataOutput out) throws IOException {
        Stored.writeText(sensor, out);
        out.writeLong(minute);
        Stored.writeText(segment, out);
        for (long value : new long[] {first, last, clockShift, dropped, outOfOrder, evicted, oneSided, hostsLeftOut}) {
            out.writeLong(value);
        }
        writeVolume(total, out);
        for (long value : seconds) {
            out.writeLong(value);
        }
        writeVolumes(protocols, out);
        writeVolumes(hierarchy, out);
        writeVolumes(unread, out);
        SensorCounts.writeCounts(indicators, out);
        out.writeInt(hosts.size());
        for (Map.Entry<Address, Exchange> host : hosts.entrySet()) {
            writeAddress(host.getKey(), out);
            host.getValue().write(out);
        }
        out.writeInt(services.size());
        for (Map.Entry<OpenService, OpenService.Seen> service : services.entrySet()) {
            writeAddress(service.getKey().address(), out);
            out.writeInt(service.getKey().service());
            out.writeLong(service.getValue().first());
            out.writeLong(service.getValue().times());
        }
        conversations.write(out);
        told.write(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what no minute can hold
     */
    public static TrafficMinute read(DataInput in) throws IOException {
        TrafficMinute read = new TrafficMinute(Stored.readText(in), in.readLong());
        read.segment = Stored.readText(in);
        read.first = in.readLong();
        read.last = in.readLong();
        read.clockShift = in.readLong();
        read.dropped = in.readLong();
        read.outOfOrder = in.readLong();
        read.evicted = in.readLong();
        read.oneSided = in.readLong();
        read.hostsLeftOut = in.readLong();
        read.total = readVolume(in);
        for (int i = 0; i < read.seconds.length; i++) {
            read.seconds[i] = in.readLong();
        }
        readVolumes(in, read.protocols);
        readVolumes(in, read.hierarchy);
        readVolumes(in, read.unread);
        read.indicators.putAll(SensorCounts.readCounts(in));
        for (int i = Stored.readSize(in, STORED, "hosts"); i > 0; i--) {
            read.hosts.put(new Address(in.readLong(), in.readLong()), Exchange.read(in));
        }
        for (int i = Stored.readSize(in, STORED, "services"); i > 0; i--) {
            OpenService service = new OpenService(new Address(in.readLong(), in.readLong()), in.readInt());
            read.services.put(service, new OpenService.Seen(in.readLong(), in.readLong()));
        }
        read.conversations = ConversationTable.read(in, STORED);
        read.told = SensorMinute.read(in);
        return read;
    }

    private static void writeAddress(Address address, DataOutput out) throws IOException {
        out.writeLong(address.high());
        out.writeLong(address.low());
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
            Stored.writeText(entry.getKey(), out);
            writeVolume(entry.getValue(), out);
        }
    }

    private static void readVolumes(DataInput in, Map<String, Volume> volumes) throws IOException {
        for (int i = Stored.readSize(in, STORED, "names"); i > 0; i--) {
            volumes.put(Stored.readText(in), readVolume(in));
        }
    }
}
