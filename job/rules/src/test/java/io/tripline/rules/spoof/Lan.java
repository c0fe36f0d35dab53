package io.tripline.rules.spoof;

import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.decode.PacketView;
import io.tripline.sensor.flow.FlowSensor;
import io.tripline.sensor.flow.SensorSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** ARP and neighbour discovery as it lies on the wire of one segment, through the sensor's flow table and the fold to the rule. */
final class Lan {
    static final String GATEWAY = "192.168.1.1";
    static final String VICTIM = "192.168.1.20";
    static final String OTHER = "192.168.1.30";
    static final String THIEF = "192.168.1.66";
    static final long EVERYBODY = 0xffff_ffff_ffffL;
    static final long GATEWAY_MAC = 0x02_00_00_00_00_01L;
    static final long VICTIM_MAC = 0x02_00_00_00_00_20L;
    static final long OTHER_MAC = 0x02_00_00_00_00_30L;
    static final long THIEF_MAC = 0x02_00_00_00_00_66L;

    private static final long START = 1_767_225_600L;
    private static final long ALL_NODES = 0x3333_0000_0001L;

    private final Random random;
    private final List<PacketView> packets = new ArrayList<>();
    private double now;
    private int vlan;

    Lan(long seed) {
        random = new Random(seed);
    }

    Lan at(double seconds) {
        now = seconds;
        return this;
    }

    Lan vlan(int identifier) {
        vlan = identifier;
        return this;
    }

    Random random() {
        return random;
    }

    private Lan add(int protocol, String from, int operation, String to, Consumer<PacketView> fill) {
        PacketView view = new PacketView();
        view.time = START * 1_000_000_000L + Math.round(now * 1e9);
        view.protocol = protocol;
        view.length = 60;
        view.ttl = protocol == IpProtocol.ARP ? 0 : 255;
        view.sctpChunk = -1;
        view.vlan = vlan;
        view.sourceHigh = Wire.address(from).high();
        view.sourceLow = Wire.address(from).low();
        view.destinationHigh = Wire.address(to).high();
        view.destinationLow = Wire.address(to).low();
        view.sourcePort = operation;
        fill.accept(view);
        packets.add(view);
        now += 0.0002;
        return this;
    }

    private Lan arp(int operation, String sender, long mac, String target, long targetMac, long linkFrom, long linkTo) {
        return add(IpProtocol.ARP, sender, operation, target, view -> {
            view.senderMac = mac;
            view.targetMac = targetMac;
            view.linkSource = linkFrom;
            view.linkDestination = linkTo;
        });
    }

    Lan asks(String from, long mac, String to) {
        return arp(1, from, mac, to, 0, mac, EVERYBODY);
    }

    /** A question to one host, in which the sender's pair may be false. */
    Lan asksOne(String from, long mac, String to, long toMac) {
        return arp(1, from, mac, to, 0, mac, toMac);
    }

    Lan replies(String from, long mac, String to, long toMac) {
        return arp(2, from, mac, to, toMac, mac, toMac);
    }

    /** A reply whose link-layer sender is somebody else. */
    Lan repliesFor(long device, String from, long mac, String to, long toMac) {
        return arp(2, from, mac, to, toMac, device, toMac);
    }

    /** What {@code arpspoof} sends without a target. */
    Lan repliesToAll(String from, long mac) {
        return arp(2, from, mac, "0.0.0.0", EVERYBODY, mac, EVERYBODY);
    }

    Lan announces(String address, long mac) {
        return arp(1, address, mac, address, 0, mac, EVERYBODY);
    }

    Lan probes(String address, long mac) {
        return arp(1, "0.0.0.0", mac, address, 0, mac, EVERYBODY);
    }

    /** A question and its answer. */
    Lan resolves(String asker, long askerMac, String asked, long askedMac) {
        return asks(asker, askerMac, asked).replies(asked, askedMac, asker, askerMac);
    }

    /** Neighbour solicitation; from :: it is duplicate address detection. */
    Lan solicits(String from, long mac, String target) {
        return add(IpProtocol.ICMPV6, from, 135, "ff02::1:ff00:1", view -> {
            target(view, target);
            view.senderMac = from.equals("::") ? 0 : mac;
            view.linkSource = mac;
            view.linkDestination = 0x3333_ff00_0001L;
        });
    }

    /** Neighbour advertisement to one host. */
    Lan advertises(String target, long mac, String to, long toMac, int flags) {
        return add(IpProtocol.ICMPV6, target, 136, to, view -> {
            target(view, target);
            view.targetMac = mac;
            view.ndpFlags = flags;
            view.linkSource = mac;
            view.linkDestination = toMac;
        });
    }

    /** Neighbour advertisement to everybody. */
    Lan advertises(String target, long mac) {
        return advertises(target, mac, "ff02::1", ALL_NODES, 1);
    }

    Lan advertisesRouter(String router, long mac) {
        return add(IpProtocol.ICMPV6, router, 134, "ff02::1", view -> {
            view.senderMac = mac;
            view.linkSource = mac;
            view.linkDestination = ALL_NODES;
        });
    }

    private static void target(PacketView view, String target) {
        Address address = Wire.address(target);
        view.ndpTargetHigh = address.high();
        view.ndpTargetLow = address.low();
    }

    Lan keep(Predicate<PacketView> seen) {
        packets.removeIf(seen.negate());
        return this;
    }

    Lan lossy(double share) {
        return keep(view -> random.nextDouble() >= share);
    }

    /** A tap on one fibre: only what goes to this host and to everybody, or only what it sends. */
    Lan onlyTo(long mac) {
        return keep(view -> view.linkSource != mac);
    }

    Lan onlyFrom(long mac) {
        return keep(view -> view.linkSource == mac);
    }

    Lan from(double seconds) {
        long start = START * 1_000_000_000L + Math.round(seconds * 1e9);
        return keep(view -> view.time >= start);
    }

    /** What the sensor tells. */
    List<PacketBatch> batches() {
        List<PacketBatch> batches = new ArrayList<>();
        FlowSensor sensor = new FlowSensor(SensorSettings.of("s1", "lan").withConversations(1 << 14), batches::add);
        packets.sort(Comparator.comparingLong(view -> view.time));
        packets.forEach(sensor::accept);
        sensor.flush();
        return batches;
    }

    /** All parts, as one sensor and fold make them. */
    List<SegmentSecond> parts() {
        List<SegmentSecond> parts = new ArrayList<>();
        SegmentFold fold = new SegmentFold(parts::add);
        batches().forEach(fold::add);
        fold.flush();
        return parts;
    }

    /** Findings with which incidents close. */
    List<Finding> findings() {
        List<Finding> findings;
        try {
            findings = allFindings(false);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written", e);
        }
        findings.removeIf(finding -> finding.stage() != Finding.Stage.CLOSED);
        return findings;
    }

    /**
     * All findings, with nothing left in the end.
     *
     * @param restarting whether all that is remembered is written and read again after each second
     */
    List<Finding> allFindings(boolean restarting) throws IOException {
        ArpSpoof detector = new ArpSpoof(ArpSpoof.Settings.DEFAULT);
        SortedMap<String, SubjectState<SegmentSecond, SegmentHistory>> states = new TreeMap<>();
        SortedMap<String, Segment> segments = new TreeMap<>();
        for (SegmentSecond part : parts()) {
            segments.put(part.subject().toString(), part.subject());
            states.computeIfAbsent(part.subject().toString(), segment -> new SubjectState<>())
                    .add(part);
        }
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<String, SubjectState<SegmentSecond, SegmentHistory>> entry : states.entrySet()) {
            SubjectState<SegmentSecond, SegmentHistory> state = entry.getValue();
            Segment segment = segments.getOrDefault(entry.getKey(), new Segment(entry.getKey(), 0));
            while (state.next() != SubjectState.NEVER) {
                state.complete(state.next(), segment, detector, findings::add);
                state = restarting ? restarted(state, detector) : state;
            }
            if (!state.isIdle()) {
                throw new AssertionError("state of " + segment + " is left");
            }
        }
        return findings;
    }

    private static SubjectState<SegmentSecond, SegmentHistory> restarted(
            SubjectState<SegmentSecond, SegmentHistory> state, ArpSpoof detector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.write(detector, new DataOutputStream(bytes));
        return SubjectState.read(
                detector, SegmentSecond::read, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
