package io.tripline.rules.engine;

import io.tripline.rules.Rules;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.probe.ActorState;
import io.tripline.schemas.Address;
import io.tripline.schemas.Conversation;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Role;
import io.tripline.schemas.TcpFlags;
import io.tripline.schemas.Technique;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Builds what a sensor would tell, packet by packet, and plays it to the rules without any engine. */
public final class Traffic {
    /** 2026-01-01T00:00:00Z; a time of day as good as any. */
    public static final long START = 1_767_225_600_000_000L;

    private final List<PacketRecord> packets = new ArrayList<>();
    private boolean answersVisible = true;
    private long now = START;
    private long clockShift;

    /** Sets the time of what follows, seconds after the start. */
    public Traffic at(double seconds) {
        now = START + Math.round(seconds * 1_000_000);
        return this;
    }

    /** Moves time on, seconds. */
    public Traffic after(double seconds) {
        now += Math.round(seconds * 1_000_000);
        return this;
    }

    /** The tap shows no answers to anybody. */
    public Traffic withoutVisibleAnswers() {
        answersVisible = false;
        return this;
    }

    /** The sensor had to add this much to the capture's clock, seconds. */
    public Traffic withClockShift(long seconds) {
        clockShift = seconds * 1_000_000;
        return this;
    }

    /** A crafted SYN. */
    public Traffic syn(String from, String to, int port) {
        return probe(Technique.SYN, IpProtocol.TCP, from, to, port, TcpFlags.SYN, 1);
    }

    /** A SYN as an operating system sends it. */
    public Traffic connect(String from, String to, int port) {
        return probe(Technique.SYN, IpProtocol.TCP, from, to, port, TcpFlags.SYN, 1 | 2 | 4 | 16);
    }

    public Traffic udp(String from, String to, int port) {
        return probe(Technique.UDP, IpProtocol.UDP, from, to, port, 0, 0);
    }

    public Traffic ping(String from, String to) {
        return probe(Technique.ICMP, IpProtocol.ICMP, from, to, 0, 0, 0);
    }

    public Traffic arp(String from, String to) {
        return probe(Technique.ARP, IpProtocol.ARP, from, to, 0, 0, 0);
    }

    public Traffic ipProtocol(String from, String to, int protocol) {
        return probe(Technique.IP_PROTOCOL, protocol, from, to, 0, 0, 0);
    }

    /** Any other technique on TCP. */
    public Traffic stealth(Technique technique, String from, String to, int port) {
        return probe(technique, IpProtocol.TCP, from, to, port, 0, 0);
    }

    private Traffic probe(Technique technique, int protocol, String from, String to, int port, int flags, int options) {
        PacketRecord packet = packet(technique, Role.FIRST, protocol, from, to);
        packet.setDestinationPort(port);
        packet.setTcpFlags(flags);
        packet.setTcpOptions(options);
        packet.setTtl(64);
        packets.add(packet);
        return this;
    }

    /** Hop limit of the latest probe. */
    public Traffic ttl(int hops) {
        latest().setTtl(hops);
        return this;
    }

    /** The latest probe is refused at once. */
    public Traffic refused() {
        return answered(Outcome.CLOSED, TcpFlags.RST | TcpFlags.ACK);
    }

    /** The latest probe is answered at once. */
    public Traffic accepted() {
        return answered(Outcome.OPEN, TcpFlags.SYN | TcpFlags.ACK);
    }

    /** The latest probe's conversation goes on. */
    public Traffic completed() {
        packets.add(further(Role.ESTABLISHED, Outcome.OPEN, TcpFlags.ACK));
        return this;
    }

    /** The prober resets what was accepted. */
    public Traffic reset() {
        packets.add(further(Role.CLOSING, Outcome.NONE, TcpFlags.RST));
        return this;
    }

    /** A router says that the latest probe's hop limit ran out. */
    public Traffic expired(String router) {
        PacketRecord probe = latestProbe();
        PacketRecord packet = packet(probe.getTechnique(), Role.ANSWER, IpProtocol.ICMP, router, "0.0.0.0");
        packet.setFromInitiator(false);
        packet.setOutcome(Outcome.EXPIRED);
        packet.setAbout(new Conversation(
                probe.getSourceHigh(),
                probe.getSourceLow(),
                probe.getDestinationHigh(),
                probe.getDestinationLow(),
                probe.getProtocol(),
                probe.getSourcePort(),
                probe.getDestinationPort()));
        packets.add(packet);
        return this;
    }

    private Traffic answered(Outcome outcome, int flags) {
        PacketRecord probe = latestProbe();
        PacketRecord packet = packet(probe.getTechnique(), Role.ANSWER, probe.getProtocol(), "0.0.0.0", "0.0.0.0");
        packet.setSourceHigh(probe.getDestinationHigh());
        packet.setSourceLow(probe.getDestinationLow());
        packet.setSourcePort(probe.getDestinationPort());
        packet.setDestinationHigh(probe.getSourceHigh());
        packet.setDestinationLow(probe.getSourceLow());
        packet.setFromInitiator(false);
        packet.setOutcome(outcome);
        packet.setTcpFlags(flags);
        packets.add(packet);
        return this;
    }

    private PacketRecord packet(Technique technique, Role role, int protocol, String from, String to) {
        Address source = address(from);
        Address destination = address(to);
        PacketRecord packet = new PacketRecord();
        packet.setTime(now - START);
        packet.setFrame(packets.size());
        packet.setSourceHigh(source.high());
        packet.setSourceLow(source.low());
        packet.setDestinationHigh(destination.high());
        packet.setDestinationLow(destination.low());
        packet.setProtocol(protocol);
        packet.setLength(60);
        packet.setFromInitiator(true);
        packet.setRole(role);
        packet.setTechnique(technique);
        packet.setOutcome(Outcome.NONE);
        return packet;
    }

    /** A packet of the latest probe's sender in the same conversation. */
    private PacketRecord further(Role role, Outcome outcome, int flags) {
        PacketRecord probe = latestProbe();
        PacketRecord packet = packet(probe.getTechnique(), role, probe.getProtocol(), "0.0.0.0", "0.0.0.0");
        packet.setSourceHigh(probe.getSourceHigh());
        packet.setSourceLow(probe.getSourceLow());
        packet.setDestinationHigh(probe.getDestinationHigh());
        packet.setDestinationLow(probe.getDestinationLow());
        packet.setDestinationPort(probe.getDestinationPort());
        packet.setOutcome(outcome);
        packet.setTcpFlags(flags);
        return packet;
    }

    private PacketRecord latest() {
        return packets.get(packets.size() - 1);
    }

    private PacketRecord latestProbe() {
        for (int i = packets.size() - 1; ; i--) {
            if (packets.get(i).getRole() == Role.FIRST) {
                return packets.get(i);
            }
        }
    }

    /** An IPv4 address from its text, or an IPv6 address of the form fd00::N. */
    public static Address address(String text) {
        if (text.startsWith("fd00::")) {
            return new Address(0xfd00L << 48, Long.parseLong(text.substring(6), 16));
        }
        int bits = 0;
        for (String octet : text.split("\\.", -1)) {
            bits = bits << 8 | Integer.parseInt(octet);
        }
        return Address.ofIpv4(bits);
    }

    /** All packets, one batch each second of stream time. */
    public List<PacketBatch> batches() {
        SortedMap<Long, List<PacketRecord>> seconds = new TreeMap<>();
        packets.forEach(
                packet -> seconds.computeIfAbsent(Math.floorDiv(packet.getTime(), 1_000_000L), s -> new ArrayList<>())
                        .add(packet));
        List<PacketBatch> batches = new ArrayList<>();
        seconds.forEach((second, records) -> batches.add(batch(batches.size(), records)));
        return batches;
    }

    private PacketBatch batch(long sequence, List<PacketRecord> records) {
        PacketBatch batch = new PacketBatch();
        batch.setSensor("s1");
        batch.setSegment("");
        batch.setVersion("");
        batch.setSequence(sequence);
        batch.setTime(START + clockShift);
        batch.setNewest(START + clockShift + records.get(records.size() - 1).getTime());
        batch.setClockShift(clockShift);
        batch.setFirstFrame(1);
        batch.setPackets(records.size());
        batch.setBytes(records.size() * 60L);
        batch.setAnswersVisible(answersVisible);
        batch.setProtocols(new ArrayList<>());
        batch.setUnread(new ArrayList<>());
        batch.setRecords(records);
        batch.setVolumes(new ArrayList<>());
        return batch;
    }

    /** All findings of the default rules, in order of time. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        TestHosts.end(actors(findings::add));
        findings.sort(Comparator.comparingLong(Finding::changed));
        return findings;
    }

    /** Of how many actors something is still remembered so many seconds after the latest packet. */
    public long remembered(long seconds) {
        LocalHost<Address, Activity, ActorState> actors = actors(finding -> {});
        actors.advance(now / 1_000_000 + seconds);
        return actors.size();
    }

    /** Rules about actors that have all of it to judge. */
    private LocalHost<Address, Activity, ActorState> actors(Consumer<Finding> findings) {
        LocalHost<Address, Activity, ActorState> actors =
                TestHosts.of(Rules.aboutActors().hosted(probes -> {}), findings);
        ActivityFold fold = new ActivityFold(actors::add);
        batches().forEach(fold::add);
        fold.flush();
        return actors;
    }

    /** The findings of one rule with which incidents open. */
    public List<Finding> opened(String rule) {
        return findings().stream()
                .filter(finding -> finding.stage() == Finding.Stage.OPENED
                        && finding.rule().equals(rule))
                .toList();
    }

    /** The findings of one rule with which incidents close. */
    public List<Finding> closed(String rule) {
        return findings().stream()
                .filter(finding -> finding.stage() == Finding.Stage.CLOSED
                        && finding.rule().equals(rule))
                .toList();
    }
}
