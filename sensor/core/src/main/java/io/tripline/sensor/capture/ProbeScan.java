package io.tripline.sensor.capture;

import io.tripline.schemas.Address;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A scan that nobody made, to see whether the whole way from a sensor to an alert works: {@value #PORTS} SYNs, each
 * answered by a reset, a few milliseconds apart and ending now. It is not sent anywhere: the packets are made in memory
 * and given to the sensor.
 *
 * <p>Its addresses are of the block for documentation (2001:db8::/32, RFC 3849), which no network has. The source is
 * derived from the name of the sensor, so that the probes of two sensors are two incidents.
 */
public final class ProbeScan implements PacketSource {
    /** More than a port scan needs, fewer than would look like a flood. */
    static final int PORTS = 60;

    private static final int RAW_IP = 101;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int LENGTH = IPV6_HEADER + TCP_HEADER;
    private static final int TCP = 6;
    private static final int HOP_LIMIT = 64;
    private static final int SYN = 0x02;
    private static final int RST_ACK = 0x14;
    private static final int FIRST_PORT = 1_001;
    private static final int CLIENT_PORT = 40_000;

    /** Nanoseconds from one packet to the next. */
    private static final long STEP = 5_000_000;

    private static final long DOCUMENTATION = 0x20010db8L << 32;

    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[LENGTH]);
    private final Address source;
    private final Address target;
    private final long begin;
    private int given;

    /**
     * A scan that ends at the given time.
     *
     * @param sensor its name
     * @param end microseconds since 1970
     */
    public ProbeScan(String sensor, long end) {
        byte[] hash;
        try {
            hash = MessageDigest.getInstance("SHA-256").digest(sensor.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
        source = new Address(DOCUMENTATION, new UnsafeBuffer(hash).getLong(0, ByteOrder.BIG_ENDIAN));
        target = new Address(DOCUMENTATION | 0xffff, 1);
        begin = end * 1_000 - 2 * PORTS * STEP;
    }

    @Override
    public int read(PacketSink sink, int limit) {
        int before = given;
        while (given < 2 * PORTS && given - before < limit) {
            int port = FIRST_PORT + given / 2;
            if (given % 2 == 0) {
                write(source, target, CLIENT_PORT, port, SYN);
            } else {
                write(target, source, port, CLIENT_PORT, RST_ACK);
            }
            sink.packet(begin + given * STEP, RAW_IP, packet, 0, LENGTH, LENGTH);
            given++;
        }
        return given - before;
    }

    private void write(Address from, Address to, int fromPort, int toPort, int flags) {
        ByteOrder order = ByteOrder.BIG_ENDIAN;
        packet.putInt(0, 6 << 28, order);
        packet.putShort(4, (short) TCP_HEADER, order);
        packet.putByte(6, (byte) TCP);
        packet.putByte(7, (byte) HOP_LIMIT);
        packet.putLong(8, from.high(), order);
        packet.putLong(16, from.low(), order);
        packet.putLong(24, to.high(), order);
        packet.putLong(32, to.low(), order);
        packet.putShort(IPV6_HEADER, (short) fromPort, order);
        packet.putShort(IPV6_HEADER + 2, (short) toPort, order);
        packet.putInt(IPV6_HEADER + 4, 1, order);
        packet.putInt(IPV6_HEADER + 8, flags == SYN ? 0 : 2, order);
        packet.putByte(IPV6_HEADER + 12, (byte) ((TCP_HEADER / 4) << 4));
        packet.putByte(IPV6_HEADER + 13, (byte) flags);
        packet.putShort(IPV6_HEADER + 14, flags == SYN ? (short) 64_240 : 0, order);
    }

    @Override
    public List<CaptureProblem> problems() {
        return List.of();
    }

    @Override
    public long position() {
        return (long) given * LENGTH;
    }

    @Override
    public long size() {
        return 2L * PORTS * LENGTH;
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
