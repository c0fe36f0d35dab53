package io.tripline.rules.intel;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.Part;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.network.Service;
import io.tripline.rules.sketch.Overlap;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What passed between one actor and one listed entry in one second. Lists keep their lowest values, so that parts merge in any order. */
public final class IntelContact implements Part<IntelKey, IntelContact> {
    public static final Codec<IntelContact> CODEC =
            Codec.of("intel-contact", 1, IntelContact.class, IntelContact::write, IntelContact::read);

    /** Other ends that are kept. */
    public static final int PEERS = 64;

    private static final int SERVICES = 32;
    private static final int NAMES = 8;
    private static final int FRAMES = 10;
    private static final int NAME_LENGTH = 255;
    private static final long SECOND = 1_000_000;

    private final IntelKey subject;
    private final long second;
    private final SensorCounts sensors;
    private final SortedSet<Address> peers = new TreeSet<>();
    private final SortedSet<Integer> services = new TreeSet<>();
    private final SortedSet<String> names = new TreeSet<>();
    private final SortedSet<Long> frames = new TreeSet<>();
    private long clockShift;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long tries;
    private long answered;
    private long refused;
    private long packetsOut;
    private long bytesOut;
    private long packetsIn;
    private long bytesIn;

    public IntelContact(IntelKey subject, long second) {
        this(subject, second, new SensorCounts());
    }

    private IntelContact(IntelKey subject, long second, SensorCounts sensors) {
        this.subject = subject;
        this.second = second;
        this.sensors = sensors;
    }

    @Override
    public IntelKey subject() {
        return subject;
    }

    @Override
    public long second() {
        return second;
    }

    @Override
    public String sensor() {
        return sensors.sensor();
    }

    /** Adds packets that have a direction. */
    void add(boolean fromActor, long packets, long bytes, String sensor, long shift) {
        packetsOut += fromActor ? packets : 0;
        bytesOut += fromActor ? bytes : 0;
        packetsIn += fromActor ? 0 : packets;
        bytesIn += fromActor ? 0 : bytes;
        sensors.add(sensor, packets);
        clockShift = Math.max(clockShift, shift);
    }

    /** Notes a packet: stream time in microseconds, and its number in the capture. */
    void note(long time, long frame) {
        first = Math.min(first, time);
        last = Math.max(last, time);
        keep(frames, frame, FRAMES);
    }

    /** Notes the other end and the service asked for. */
    void with(Address peer, int service) {
        keep(peers, peer, PEERS);
        keep(services, service, SERVICES);
    }

    void name(String asked) {
        keep(names, asked.length() <= NAME_LENGTH ? asked : asked.substring(0, NAME_LENGTH), NAMES);
    }

    void tried() {
        tries++;
    }

    void answered() {
        answered++;
    }

    void refused() {
        refused++;
    }

    private static <T> void keep(SortedSet<T> lowest, T value, int most) {
        lowest.add(value);
        if (lowest.size() > most) {
            lowest.remove(lowest.last());
        }
    }

    /** Stream time of the first packet, microseconds; that of the second where only sums are known. */
    public long first() {
        return first == Long.MAX_VALUE ? second * SECOND : first;
    }

    /** Likewise of the latest. */
    public long last() {
        return last == Long.MIN_VALUE ? second * SECOND : last;
    }

    /** Conversations begun. */
    public long tries() {
        return tries;
    }

    /** Packets that show that the other end answered, or that a conversation went on. */
    public long answers() {
        return answered;
    }

    public long refusals() {
        return refused;
    }

    /** From the actor. */
    public long packetsOut() {
        return packetsOut;
    }

    public long bytesOut() {
        return bytesOut;
    }

    /** To the actor. */
    public long packetsIn() {
        return packetsIn;
    }

    public long bytesIn() {
        return bytesIn;
    }

    public SensorCounts sensors() {
        return sensors;
    }

    public long clockShift() {
        return clockShift;
    }

    /** Lowest of the other ends. */
    public SortedSet<Address> peers() {
        return peers;
    }

    /** Lowest of the services asked for (see {@link Service}). */
    public SortedSet<Integer> services() {
        return services;
    }

    /** Names asked for, where a domain is listed. */
    public SortedSet<String> names() {
        return names;
    }

    /** Lowest frame numbers. */
    public SortedSet<Long> frames() {
        return frames;
    }

    @Override
    public void merge(IntelContact other) {
        add(other);
        tries += other.tries;
        answered += other.answered;
        refused += other.refused;
        packetsOut += other.packetsOut;
        bytesOut += other.bytesOut;
        packetsIn += other.packetsIn;
        bytesIn += other.bytesIn;
    }

    /** Whether two sensors saw the same packets is told by the other ends; where a domain is listed nothing tells. */
    @Override
    public void combine(IntelContact other) {
        Set<Address> both = new HashSet<>(peers);
        both.retainAll(other.peers);
        Overlap overlap = Overlap.of(both.size(), peers.size(), other.peers.size());
        add(other);
        tries = overlap.combine(tries, other.tries);
        answered = overlap.combine(answered, other.answered);
        refused = overlap.combine(refused, other.refused);
        packetsOut = overlap.combine(packetsOut, other.packetsOut);
        bytesOut = overlap.combine(bytesOut, other.bytesOut);
        packetsIn = overlap.combine(packetsIn, other.packetsIn);
        bytesIn = overlap.combine(bytesIn, other.bytesIn);
    }

    private void add(IntelContact other) {
        sensors.addAll(other.sensors);
        clockShift = Math.max(clockShift, other.clockShift);
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        other.peers.forEach(peer -> keep(peers, peer, PEERS));
        other.services.forEach(service -> keep(services, service, SERVICES));
        other.names.forEach(name -> keep(names, name, NAMES));
        other.frames.forEach(frame -> keep(frames, frame, FRAMES));
    }

    @Override
    public void write(DataOutput out) throws IOException {
        writeKey(subject, out);
        out.writeLong(second);
        sensors.write(out);
        out.writeInt(peers.size());
        for (Address peer : peers) {
            out.writeLong(peer.high());
            out.writeLong(peer.low());
        }
        out.writeInt(services.size());
        for (int service : services) {
            out.writeInt(service);
        }
        out.writeInt(names.size());
        for (String name : names) {
            Stored.writeText(name, out);
        }
        out.writeInt(frames.size());
        for (long frame : frames) {
            out.writeLong(frame);
        }
        long[] values = {clockShift, first, last, tries, answered, refused, packetsOut, bytesOut, packetsIn, bytesIn};
        for (long value : values) {
            out.writeLong(value);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what no contact can hold
     */
    public static IntelContact read(DataInput in) throws IOException {
        IntelContact contact = new IntelContact(readKey(in), in.readLong(), SensorCounts.read(in));
        for (int i = Stored.readSize(in, PEERS, "peers"); i > 0; i--) {
            contact.peers.add(new Address(in.readLong(), in.readLong()));
        }
        for (int i = Stored.readSize(in, SERVICES, "services"); i > 0; i--) {
            contact.services.add(in.readInt());
        }
        for (int i = Stored.readSize(in, NAMES, "names"); i > 0; i--) {
            contact.names.add(Stored.readText(in));
        }
        for (int i = Stored.readSize(in, FRAMES, "frames"); i > 0; i--) {
            contact.frames.add(in.readLong());
        }
        contact.clockShift = in.readLong();
        contact.first = in.readLong();
        contact.last = in.readLong();
        contact.tries = in.readLong();
        contact.answered = in.readLong();
        contact.refused = in.readLong();
        contact.packetsOut = in.readLong();
        contact.bytesOut = in.readLong();
        contact.packetsIn = in.readLong();
        contact.bytesIn = in.readLong();
        return contact;
    }

    public static void writeKey(IntelKey key, DataOutput out) throws IOException {
        out.writeLong(key.actor().high());
        out.writeLong(key.actor().low());
        Stored.writeText(key.entry(), out);
        Stored.writeText(key.list().name(), out);
        Stored.writeText(key.list().kind(), out);
        out.writeBoolean(key.begunByListed());
    }

    /** Reads what {@link #writeKey} wrote. */
    public static IntelKey readKey(DataInput in) throws IOException {
        return new IntelKey(
                new Address(in.readLong(), in.readLong()),
                Stored.readText(in),
                new IntelList(Stored.readText(in), Stored.readText(in)),
                in.readBoolean());
    }
}
