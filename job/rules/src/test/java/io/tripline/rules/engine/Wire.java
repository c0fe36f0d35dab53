package io.tripline.rules.engine;

import io.tripline.rules.Rules;
import io.tripline.rules.alert.AlertAssembler;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.alert.Zones;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.probe.distributedscan.DistributedScan;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.TcpFlags;
import io.tripline.sensor.decode.PacketView;
import io.tripline.sensor.flow.FlowSensor;
import io.tripline.sensor.flow.SensorSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Packets as they lie on the wire, from who sends them to what the rules make of them, through the sensor's flow table and the fold. */
public final class Wire {
    private static final long START = 1_767_225_600L;
    private static final int MSS = 1;
    private static final int STACK = 1 | 2 | 4 | 16;

    private final Random random;
    private List<Supplier<PacketView>> packets = new ArrayList<>();
    private double now;

    public Wire(long seed) {
        random = new Random(seed);
    }

    public Random random() {
        return random;
    }

    public Wire at(double seconds) {
        now = seconds;
        return this;
    }

    public Wire after(double seconds) {
        now += seconds;
        return this;
    }

    public double now() {
        return now;
    }

    public int ephemeral() {
        return 32_768 + random.nextInt(28_000);
    }

    public Wire tcp(
            String from, int fromPort, String to, int toPort, int flags, long sequence, long acknowledgment, int data) {
        return add(IpProtocol.TCP, from, fromPort, to, toPort, view -> {
            view.tcpFlags = flags;
            view.tcpSequence = sequence & 0xffff_ffffL;
            view.tcpAcknowledgment = acknowledgment & 0xffff_ffffL;
            view.payloadLength = data;
            view.length = 60 + data;
            view.tcpWindow = 64_240;
            view.tcpOptions = (flags & TcpFlags.SYN) == 0 ? 0 : STACK;
        });
    }

    /** A packet of a crafter: no options but MSS. */
    public Wire crafted(String from, int fromPort, String to, int toPort, int flags) {
        long sequence = random.nextInt();
        long acknowledgment = (flags & TcpFlags.ACK) == 0 ? 0 : random.nextInt();
        return add(IpProtocol.TCP, from, fromPort, to, toPort, view -> {
            view.tcpFlags = flags;
            view.tcpSequence = sequence & 0xffff_ffffL;
            view.tcpAcknowledgment = acknowledgment & 0xffff_ffffL;
            view.tcpWindow = 1_024;
            view.tcpOptions = MSS;
        });
    }

    public Wire udp(String from, int fromPort, String to, int toPort, int data) {
        return add(IpProtocol.UDP, from, fromPort, to, toPort, view -> {
            view.udpLength = data + 8;
            view.payloadLength = data;
            view.length = Math.max(60, 42 + data);
        });
    }

    public Wire ping(String from, String to, int identifier) {
        return icmp(from, to, isIpv6(to) ? 128 : 8, identifier);
    }

    public Wire pong(String from, String to, int identifier) {
        return icmp(from, to, isIpv6(to) ? 129 : 0, identifier);
    }

    private Wire icmp(String from, String to, int type, int identifier) {
        return add(icmpOf(to), from, type, to, 0, view -> view.icmpIdentifier = identifier);
    }

    public Wire arpRequest(String from, String to) {
        return add(IpProtocol.ARP, from, 1, to, 0, view -> {
            view.senderMac = mac(from);
            view.linkSource = mac(from);
        });
    }

    public Wire arpReply(String from, String to) {
        return add(IpProtocol.ARP, from, 2, to, 0, view -> {
            view.senderMac = mac(from);
            view.targetMac = mac(to);
        });
    }

    /** The receiver of a datagram, or a router, refuses it: port unreachable. */
    public Wire unreachable(String router, int protocol, String from, int fromPort, String to, int toPort) {
        return add(icmpOf(from), router, isIpv6(from) ? 1 : 3, from, isIpv6(from) ? 4 : 3, view -> {
            view.quoted = true;
            view.quotedProtocol = protocol;
            view.quotedSourceHigh = address(from).high();
            view.quotedSourceLow = address(from).low();
            view.quotedDestinationHigh = address(to).high();
            view.quotedDestinationLow = address(to).low();
            view.quotedSourcePort = fromPort;
            view.quotedDestinationPort = toPort;
        });
    }

    /** A connection with so many exchanges of data, then closed by both. */
    public Wire connection(String client, int clientPort, String server, int serverPort, int exchanges, double pace) {
        return session(client, clientPort, server, serverPort, exchanges, 10, pace);
    }

    /** The same with so many bytes a way in each exchange. */
    public Wire session(
            String client, int clientPort, String server, int serverPort, int exchanges, int bytes, double pace) {
        long c = random.nextInt();
        long s = random.nextInt();
        tcp(client, clientPort, server, serverPort, TcpFlags.SYN, c, 0, 0);
        tcp(server, serverPort, client, clientPort, TcpFlags.SYN | TcpFlags.ACK, s, c + 1, 0);
        tcp(client, clientPort, server, serverPort, TcpFlags.ACK, c + 1, s + 1, 0);
        for (int i = 0; i < exchanges; i++) {
            after(pace);
            tcp(
                    client,
                    clientPort,
                    server,
                    serverPort,
                    TcpFlags.ACK | TcpFlags.PSH,
                    c + 1 + i * (long) bytes,
                    s + 1 + i * (long) bytes,
                    bytes);
            tcp(
                    server,
                    serverPort,
                    client,
                    clientPort,
                    TcpFlags.ACK | TcpFlags.PSH,
                    s + 1 + i * (long) bytes,
                    c + 1 + bytes + i * (long) bytes,
                    bytes);
        }
        tcp(
                client,
                clientPort,
                server,
                serverPort,
                TcpFlags.ACK,
                c + 1 + exchanges * (long) bytes,
                s + 1 + exchanges * (long) bytes,
                0);
        tcp(
                client,
                clientPort,
                server,
                serverPort,
                TcpFlags.FIN | TcpFlags.ACK,
                c + 1 + exchanges * (long) bytes,
                s + 1 + exchanges * (long) bytes,
                0);
        tcp(
                server,
                serverPort,
                client,
                clientPort,
                TcpFlags.FIN | TcpFlags.ACK,
                s + 1 + exchanges * (long) bytes,
                c + 2 + exchanges * (long) bytes,
                0);
        return tcp(
                client,
                clientPort,
                server,
                serverPort,
                TcpFlags.ACK,
                c + 2 + exchanges * (long) bytes,
                s + 2 + exchanges * (long) bytes,
                0);
    }

    /** A stack's SYN, repeated after 1 and 3 s as nobody answers. */
    public Wire silent(String client, String server, int port) {
        int from = ephemeral();
        long sequence = random.nextInt();
        double began = now;
        for (double later : new double[] {0, 1, 3}) {
            at(began + later).tcp(client, from, server, port, TcpFlags.SYN, sequence, 0, 0);
        }
        return at(began);
    }

    public Wire refused(String client, String server, int port) {
        int from = ephemeral();
        long sequence = random.nextInt();
        tcp(client, from, server, port, TcpFlags.SYN, sequence, 0, 0);
        return tcp(server, port, client, from, TcpFlags.RST | TcpFlags.ACK, 0, sequence + 1, 0);
    }

    private interface Fill {
        void fill(PacketView view);
    }

    private Wire add(int protocol, String from, int fromPort, String to, int toPort, Fill fill) {
        long time = START * 1_000_000_000L + Math.round(now * 1e9);
        Address source = address(from);
        Address destination = address(to);
        now += 0.0001;
        packets.add(() -> {
            PacketView view = new PacketView();
            view.time = time;
            view.protocol = protocol;
            view.length = 60;
            view.ttl = 64;
            view.sctpChunk = -1;
            view.sourceHigh = source.high();
            view.sourceLow = source.low();
            view.destinationHigh = destination.high();
            view.destinationLow = destination.low();
            view.sourcePort = fromPort;
            view.destinationPort = toPort;
            fill.fill(view);
            return view;
        });
        return this;
    }

    /** A segment with any flags, window and options. */
    public Wire odd(String from, int fromPort, String to, int toPort, int flags, int window, int options) {
        long sequence = random.nextInt();
        long acknowledgment = (flags & TcpFlags.ACK) == 0 ? 0 : random.nextInt();
        return add(IpProtocol.TCP, from, fromPort, to, toPort, view -> {
            view.tcpFlags = flags;
            view.tcpSequence = sequence & 0xffff_ffffL;
            view.tcpAcknowledgment = acknowledgment & 0xffff_ffffL;
            view.tcpWindow = window;
            view.tcpOptions = options;
        });
    }

    /** An ICMP message that asks for something, with any type and code. */
    public Wire query(String from, String to, int type, int code, int identifier) {
        return add(icmpOf(to), from, type, to, code, view -> view.icmpIdentifier = identifier);
    }

    /** The hop limit of the latest packet. */
    public Wire hops(int ttl) {
        Supplier<PacketView> latest = packets.get(packets.size() - 1);
        packets.set(packets.size() - 1, () -> {
            PacketView view = latest.get();
            view.ttl = ttl;
            return view;
        });
        return this;
    }

    /** Packets in order of time. */
    private List<PacketView> inOrder() {
        List<PacketView> all = new ArrayList<>();
        packets.forEach(packet -> all.add(packet.get()));
        all.sort(Comparator.comparingLong(view -> view.time));
        return all;
    }

    private Wire of(List<PacketView> views) {
        packets = new ArrayList<>();
        views.forEach(view -> packets.add(() -> view));
        return this;
    }

    /** Each packet is lost with this probability. */
    public Wire lossy(double share) {
        List<PacketView> all = inOrder();
        all.removeIf(view -> random.nextDouble() < share);
        return of(all);
    }

    /** Only what this host sends, as a tap on one fibre shows it. */
    public Wire onlyFrom(String host) {
        List<PacketView> all = inOrder();
        Address sender = address(host);
        all.removeIf(view -> view.sourceHigh != sender.high() || view.sourceLow != sender.low());
        return of(all);
    }

    /** Only what these hosts send. */
    public Wire fromAnyOf(List<String> hosts) {
        List<PacketView> all = inOrder();
        List<Address> senders = hosts.stream().map(Wire::address).toList();
        all.removeIf(view -> !senders.contains(new Address(view.sourceHigh, view.sourceLow)));
        return of(all);
    }

    /** Only what others send to it. */
    public Wire onlyTo(String host) {
        List<PacketView> all = inOrder();
        Address sender = address(host);
        all.removeIf(view -> view.sourceHigh == sender.high() && view.sourceLow == sender.low());
        return of(all);
    }

    /** The capture starts after this share of the packets. */
    public Wire fromMiddle(double share) {
        List<PacketView> all = inOrder();
        return of(new ArrayList<>(all.subList((int) (all.size() * share), all.size())));
    }

    /** Every packet is mirrored twice, a moment later. */
    public Wire twice() {
        List<PacketView> all = new ArrayList<>();
        List<PacketView> first = inOrder();
        List<PacketView> second = inOrder();
        for (int i = 0; i < first.size(); i++) {
            second.get(i).time += 3_000;
            all.add(first.get(i));
            all.add(second.get(i));
        }
        return of(all);
    }

    /** What the sensor makes of the packets. */
    public List<PacketBatch> batches() {
        List<PacketBatch> batches = new ArrayList<>();
        FlowSensor sensor = new FlowSensor(SensorSettings.of("s1", "").withConversations(1 << 17), batches::add);
        inOrder().forEach(sensor::accept);
        sensor.flush();
        return batches;
    }

    /** All findings of the default rules with which incidents close, those about targets after those about actors. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        LocalHost<Address, TargetProbes, ?> targets =
                TestHosts.of(new DistributedScan(DistributedScan.Settings.DEFAULT), findings::add);
        LocalHost<Address, Activity, ActorState> actors =
                TestHosts.of(Rules.aboutActors().hosted(targets::add), findings::add);
        ActivityFold fold = new ActivityFold(actors::add);
        FlowSensor sensor = new FlowSensor(SensorSettings.of("s1", "").withConversations(1 << 14), fold::add);
        inOrder().forEach(sensor::accept);
        sensor.flush();
        fold.flush();
        TestHosts.end(actors);
        TestHosts.end(targets);
        findings.removeIf(finding -> finding.stage() != Finding.Stage.CLOSED);
        return findings;
    }

    /** The findings of one rule with which incidents close. */
    public List<Finding> findings(String rule) {
        return findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
    }

    public static Severity severity(Finding finding) {
        return new AlertAssembler(Zones.DEFAULT, Rules.CATALOGUE)
                .assemble(finding)
                .severity();
    }

    public static Address address(String text) {
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return bytes.length == 4
                    ? Address.ofIpv4(buffer.getInt())
                    : new Address(buffer.getLong(), buffer.getLong());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static int icmpOf(String peer) {
        return isIpv6(peer) ? IpProtocol.ICMPV6 : IpProtocol.ICMP;
    }

    private static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0;
    }

    private static long mac(String host) {
        return 0x0016_3e00_0000L | (address(host).low() & 0xff_ffff);
    }
}
