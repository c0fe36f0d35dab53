package io.tripline.rules.probe;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Detail;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.sketch.HostSet;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.InvalidRoaringFormat;
import org.roaringbitmap.RoaringBitmap;

/**
 * What an incident rests on: techniques, services and hosts with what became of them, first frames. Grows with the incident, within
 * bounds, and takes the same contacts in any order to the same result.
 *
 * <p>Memory: services of at most {@link #DETAILED} hosts as compressed bitmaps (at most 8 KiB for all 65,536 ports of a transport and
 * outcome), {@link HostSet#CAPACITY} host addresses.
 */
public final class Evidence {
    /** Hosts whose services are kept one by one. */
    static final int DETAILED = 64;

    private static final int FRAMES = 10;
    private static final Address NOBODY = new Address(0, 0);

    /** Fewer services than this say nothing about the tool. */
    private static final int TOOL_SYNS = 5;

    /** Services of one host. */
    private static final class Services {
        final RoaringBitmap probed = new RoaringBitmap();
        final RoaringBitmap open = new RoaringBitmap();
        final RoaringBitmap closed = new RoaringBitmap();
    }

    private final SortedMap<Address, Services> detailed = new TreeMap<>();
    private final RoaringBitmap services = new RoaringBitmap();
    private final RoaringBitmap openServices = new RoaringBitmap();
    private HostSet hosts = new HostSet();
    private HostSet openHosts = new HostSet();
    private HostSet closedHosts = new HostSet();
    /** By the number of the technique. */
    private final long[] probes = new long[Probing.CODES];

    private final SortedSet<Long> frames = new TreeSet<>();
    /** The host of the contact added last, and its services where they are kept: contacts of one host mostly come together. */
    private Address lastHost = NOBODY;

    private @Nullable Services lastServices;

    private long stackProbes;
    private long handshakes;
    private long halfOpens;
    private long packets;
    private long bytes;
    private final long[] shapes = new long[SynShape.SHAPES];
    private long syns;
    private boolean rstWindow;
    private boolean sampled;

    /** Adds a contact, or a later answer to one. */
    void add(Contact contact) {
        int service = contact.service();
        int weight = contact.weight();
        turnTo(contact);
        if (contact.probes() > 0) {
            hosts.add(lastHost, weight);
            services.add(service);
            probes[contact.probing().code()] += contact.probes() * weight;
            stackProbes += contact.stackProbes() * weight;
            packets += contact.probes() * weight;
            bytes += contact.bytes() * weight;
            note(contact.frame());
            shape(contact);
            if (lastServices == null && detailed.size() < DETAILED) {
                lastServices = new Services();
                detailed.put(lastHost, lastServices);
            }
            if (lastServices != null) {
                lastServices.probed.add(service);
            }
        }
        sampled |= weight > 1;
        rstWindow |= contact.has(Contact.RST_WINDOW);
        handshakes += contact.has(Contact.COMPLETED) ? 1 : 0;
        halfOpens += contact.has(Contact.RESET) && !contact.has(Contact.COMPLETED) ? 1 : 0;
        outcome(contact, service);
    }

    /** Whether the contact's host is among those of the incident. */
    public boolean hasHostOf(Contact contact) {
        turnTo(contact);
        return hosts.contains(lastHost);
    }

    private void turnTo(Contact contact) {
        if (!contact.isAt(lastHost)) {
            lastHost = contact.target();
            lastServices = detailed.get(lastHost);
        }
    }

    private void outcome(Contact contact, int service) {
        if (contact.has(Contact.OPEN)) {
            openHosts.add(lastHost, contact.weight());
            openServices.add(service);
            if (lastServices != null) {
                lastServices.open.add(service);
            }
        } else if (contact.has(Contact.CLOSED)) {
            closedHosts.add(lastHost, contact.weight());
            if (lastServices != null) {
                lastServices.closed.add(service);
            }
        }
    }

    private void shape(Contact contact) {
        if (contact.probing() == Probing.SYN) {
            syns += contact.weight();
            for (SynShape shape : SynShape.values()) {
                shapes[shape.number()] += contact.has(shape.bit()) ? contact.weight() : 0;
            }
        }
    }

    /** Which tool makes SYNs as most of these are made; {@link Detail#NONE} where none is known to. */
    Detail tool() {
        for (SynShape shape : SynShape.values()) {
            if (shapes[shape.number()] * 2 > syns && syns >= TOOL_SYNS) {
                return new ToolHint(shape.tool(), shape.reason());
            }
        }
        return Detail.NONE;
    }

    private void note(long frame) {
        if (frames.size() < FRAMES || frame < frames.last()) {
            frames.add(frame);
            if (frames.size() > FRAMES) {
                frames.remove(frames.last());
            }
        }
    }

    public HostSet hosts() {
        return hosts;
    }

    /** Distinct hosts, an estimate from below where {@link #approximate()}. */
    long hostCount() {
        return hosts.count(services.getCardinality());
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    boolean approximate() {
        return sampled || hosts.approximate();
    }

    List<Long> frames() {
        return List.copyOf(frames);
    }

    /**
     * Probes by technique. A SYN that its sender's operating system made is a connect scan's unless open ports show that the
     * handshakes were torn down half-way; a crafted SYN is a SYN scan's. An ACK scan whose refusals carry a window gives its
     * sender what a window scan looks for (nmap -sW sends the same packets as -sA).
     */
    SortedMap<Probing, Long> techniques() {
        SortedMap<Probing, Long> techniques = byTechnique();
        long syn = probes[Probing.SYN.code()];
        long connect = halfOpens > handshakes ? 0 : stackProbes;
        techniques.remove(Probing.SYN);
        if (syn > connect) {
            techniques.put(Probing.SYN, syn - connect);
        }
        if (connect > 0) {
            techniques.put(Probing.CONNECT, connect);
        }
        Long ack = techniques.get(Probing.ACK);
        if (ack != null && rstWindow) {
            techniques.put(Probing.WINDOW, ack);
        }
        return techniques;
    }

    private SortedMap<Probing, Long> byTechnique() {
        SortedMap<Probing, Long> counts = new TreeMap<>();
        for (int code = 0; code < probes.length; code++) {
            if (probes[code] > 0) {
                counts.put(Probing.ofCode(code), probes[code]);
            }
        }
        return counts;
    }

    /** Distinct services probed, whatever the host, in ascending order. */
    RoaringBitmap services() {
        return services;
    }

    /** Services that answered at some host. */
    List<Integer> openServices(int limit) {
        List<Integer> open = new ArrayList<>();
        openServices.stream().limit(limit).forEach(open::add);
        return open;
    }

    /** Outcomes of the distinct (host, service) pairs of the hosts kept in detail: open, closed, without answer. */
    public Finding.Outcomes serviceOutcomes() {
        long open = 0;
        long closed = 0;
        long all = 0;
        for (Services host : detailed.values()) {
            open += host.open.getCardinality();
            closed += RoaringBitmap.andNot(host.closed, host.open).getCardinality();
            all += RoaringBitmap.or(host.probed, RoaringBitmap.or(host.open, host.closed))
                    .getCardinality();
        }
        return new Finding.Outcomes(open, closed, all - open - closed);
    }

    /** Outcomes by host: answered, refused, silent. */
    public Finding.Outcomes hostOutcomes() {
        int asked = services.getCardinality();
        long open = openHosts.count(asked);
        long refused = closedHosts.count(asked);
        return new Finding.Outcomes(open, refused, Math.max(0, hosts.count(asked) - open - refused));
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(detailed.size());
        for (Map.Entry<Address, Services> entry : detailed.entrySet()) {
            out.writeLong(entry.getKey().high());
            out.writeLong(entry.getKey().low());
            entry.getValue().probed.serialize(out);
            entry.getValue().open.serialize(out);
            entry.getValue().closed.serialize(out);
        }
        services.serialize(out);
        openServices.serialize(out);
        hosts.write(out);
        openHosts.write(out);
        closedHosts.write(out);
        SortedMap<Probing, Long> counts = byTechnique();
        out.writeInt(counts.size());
        for (Map.Entry<Probing, Long> technique : counts.entrySet()) {
            out.writeInt(technique.getKey().code());
            out.writeLong(technique.getValue());
        }
        out.writeInt(frames.size());
        for (long frame : frames) {
            out.writeLong(frame);
        }
        out.writeLong(stackProbes);
        out.writeLong(handshakes);
        out.writeLong(halfOpens);
        out.writeLong(packets);
        out.writeLong(bytes);
        out.writeLong(syns);
        for (long count : shapes) {
            out.writeLong(count);
        }
        out.writeBoolean(rstWindow);
        out.writeBoolean(sampled);
    }

    public static Evidence read(DataInput in) throws IOException {
        Evidence evidence = new Evidence();
        for (int i = Stored.readSize(in, DETAILED, "hosts in detail"); i > 0; i--) {
            Address host = new Address(in.readLong(), in.readLong());
            Services of = new Services();
            read(of.probed, in);
            read(of.open, in);
            read(of.closed, in);
            evidence.detailed.put(host, of);
        }
        read(evidence.services, in);
        read(evidence.openServices, in);
        evidence.hosts = HostSet.read(in);
        evidence.openHosts = HostSet.read(in);
        evidence.closedHosts = HostSet.read(in);
        for (int i = Stored.readSize(in, Probing.values().length, "techniques"); i > 0; i--) {
            int code = in.readInt();
            if (!Probing.known(code)) {
                throw new IOException("no technique has number " + code);
            }
            evidence.probes[code] = in.readLong();
        }
        for (int i = Stored.readSize(in, FRAMES, "frames"); i > 0; i--) {
            evidence.frames.add(in.readLong());
        }
        evidence.stackProbes = in.readLong();
        evidence.handshakes = in.readLong();
        evidence.halfOpens = in.readLong();
        evidence.packets = in.readLong();
        evidence.bytes = in.readLong();
        evidence.syns = in.readLong();
        for (int i = 0; i < evidence.shapes.length; i++) {
            evidence.shapes[i] = in.readLong();
        }
        evidence.rstWindow = in.readBoolean();
        evidence.sampled = in.readBoolean();
        return evidence;
    }

    /** Reads a bitmap; the library checks little of what it reads, and fails in as many ways. */
    public static void read(RoaringBitmap bitmap, DataInput in) throws IOException {
        try {
            bitmap.deserialize(in);
        } catch (InvalidRoaringFormat | NegativeArraySizeException | IndexOutOfBoundsException e) {
            throw new IOException("services cannot be read", e);
        }
    }
}
