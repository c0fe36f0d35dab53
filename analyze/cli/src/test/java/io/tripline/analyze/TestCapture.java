package io.tripline.analyze;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * A classic little-endian capture with microseconds, in memory: read from a file or made of probes, changed, written.
 */
final class TestCapture {
    /** A packet with its capture time in microseconds. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Packet(long time, byte[] data, int length) {}

    static final Path SAMPLES = Path.of("../..", "samples");
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int HEADER = 24;
    private static final long SECOND = 1_000_000;

    private final int linkType;
    private final List<Packet> packets;

    private TestCapture(int linkType, List<Packet> packets) {
        this.linkType = linkType;
        this.packets = List.copyOf(packets);
    }

    static TestCapture sample(String name) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(SAMPLES.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(0) != MAGIC) {
            throw new IllegalArgumentException(name + " is no little-endian capture with microseconds");
        }
        int linkType = bytes.getInt(20);
        bytes.position(HEADER);
        List<Packet> packets = new ArrayList<>();
        while (bytes.hasRemaining()) {
            long time = Integer.toUnsignedLong(bytes.getInt()) * SECOND + bytes.getInt();
            byte[] data = new byte[bytes.getInt()];
            int length = bytes.getInt();
            bytes.get(data);
            packets.add(new Packet(time, data, length));
        }
        return new TestCapture(linkType, packets);
    }

    /** One SYN to each of the ports from 1, evenly spaced; each is refused a tenth of a millisecond later. */
    static TestCapture scan(int ports, double seconds) {
        long start = 1_780_000_000L * SECOND + 500_000;
        List<Packet> packets = new ArrayList<>();
        for (int port = 1; port <= ports; port++) {
            long time = start + Math.round((port - 1) * seconds * SECOND / (ports - 1));
            packets.add(tcp(time, 1, 2, 40_000, port, 0x02));
            packets.add(tcp(time + 100, 2, 1, port, 40_000, 0x14));
        }
        return new TestCapture(1, packets);
    }

    /** Packets over Ethernet in the order given. */
    static TestCapture of(List<Packet> packets) {
        return new TestCapture(1, packets);
    }

    /** A TCP segment over IPv4 with any addresses. */
    static Packet segment(long time, int from, int fromPort, int to, int toPort, int flags, int window) {
        ByteBuffer tcp = ByteBuffer.allocate(20);
        tcp.putShort((short) fromPort).putShort((short) toPort).putInt(1).putInt((flags & 0x10) == 0 ? 0 : 2);
        tcp.put((byte) 0x50).put((byte) flags).putShort((short) window).putInt(0);
        return ipv4(time, 6, from, to, tcp.array());
    }

    /** A datagram without data. */
    static Packet emptyDatagram(long time, int from, int fromPort, int to, int toPort) {
        ByteBuffer udp = ByteBuffer.allocate(8);
        udp.putShort((short) fromPort)
                .putShort((short) toPort)
                .putShort((short) 8)
                .putShort((short) 0);
        return ipv4(time, 17, from, to, udp.array());
    }

    private static Packet ipv4(long time, int protocol, int from, int to, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + 20 + payload.length);
        frame.putShort((short) 0x0200)
                .putInt(to)
                .putShort((short) 0x0200)
                .putInt(from)
                .putShort((short) 0x0800);
        frame.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + payload.length))
                .putInt(0x00010000);
        frame.put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(from)
                .putInt(to)
                .put(payload);
        return new Packet(time, frame.array(), frame.capacity());
    }

    private static Packet tcp(long time, int from, int to, int fromPort, int toPort, int flags) {
        ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 20);
        frame.putShort((short) 0x0200)
                .putInt(to)
                .putShort((short) 0x0200)
                .putInt(from)
                .putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) 40).putInt(0x00010000);
        frame.put((byte) 64)
                .put((byte) 6)
                .putShort((short) 0)
                .putInt(0x0a000000 + from)
                .putInt(0x0a000000 + to);
        frame.putShort((short) fromPort).putShort((short) toPort).putInt(1).putInt(0);
        frame.put((byte) 0x50).put((byte) flags).putShort((short) 1_024).putInt(0);
        return new Packet(time, frame.array(), frame.capacity());
    }

    List<Packet> packets() {
        return packets;
    }

    long first() {
        return packets.get(0).time();
    }

    TestCapture shifted(long microseconds) {
        return withTimes(time -> time + microseconds);
    }

    TestCapture withTimes(LongUnaryOperator change) {
        return new TestCapture(
                linkType,
                packets.stream()
                        .map(packet -> new Packet(change.applyAsLong(packet.time()), packet.data(), packet.length()))
                        .toList());
    }

    /** This capture and then another, whatever its times. */
    TestCapture then(TestCapture other) {
        List<Packet> both = new ArrayList<>(packets);
        both.addAll(other.packets);
        return new TestCapture(linkType, both);
    }

    TestCapture part(int from, int to) {
        return new TestCapture(linkType, packets.subList(from, to));
    }

    byte[] bytes() {
        int size = HEADER
                + packets.stream().mapToInt(packet -> 16 + packet.data().length).sum();
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(linkType);
        for (Packet packet : packets) {
            out.putInt((int) (packet.time() / SECOND)).putInt((int) (packet.time() % SECOND));
            out.putInt(packet.data().length).putInt(packet.length()).put(packet.data());
        }
        return out.array();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
