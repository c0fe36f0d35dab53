package io.tripline.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Puts whole Ethernet frames into a capture. Every length field is right; checksums are zero, as network cards leave
 * them that compute checksums themselves. Hosts of 10.0.0.0/8 have a MAC of their own, all others are behind the
 * gateway.
 */
final class Frames {
    static final int ETHERNET = 14;
    static final int IPV4 = 20;
    static final int TCP = 20;
    static final int UDP = 8;
    static final int MAX_SEGMENT = 1460;

    private static final int GATEWAY = 0x0A000001;
    private static final int TIME_TO_LIVE = 64 << 24;
    private static final byte[] SYN_OPTIONS = {2, 4, 5, (byte) 0xB4, 1, 1, 4, 2, 1, 3, 3, 7};
    private static final byte[] PROBE_OPTIONS = {2, 4, 5, (byte) 0xB4};
    private static final byte[] NO_OPTIONS = {};
    private static final int TLS_RECORD_HEADER = 5;

    private final CaptureWriter out;
    private final byte[] noise = new byte[1 << 16];
    private int noiseAt;
    private short identification;

    Frames(CaptureWriter out, SplittableRandom random) {
        this.out = out;
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt();
        }
    }

    /** A probe as scanners send it: SYN, window 1024, maximum segment size only. */
    void probe(int from, int to, int fromPort, int toPort, int seq) throws IOException {
        tcp(from, to, fromPort, toPort, seq, 0, 0x02, 1024, PROBE_OPTIONS, 0);
    }

    /** A segment; one with SYN carries the options of a usual stack, one with a payload a TLS record that fills it. */
    void tcp(int from, int to, int fromPort, int toPort, int seq, int ack, int flags, int payload) throws IOException {
        boolean syn = (flags & 0x02) != 0;
        boolean reset = (flags & 0x04) != 0;
        int window = reset ? 0 : syn ? 64_240 : 501;
        tcp(from, to, fromPort, toPort, seq, ack, flags, window, syn ? SYN_OPTIONS : NO_OPTIONS, payload);
    }

    private void tcp(
            int from,
            int to,
            int fromPort,
            int toPort,
            int seq,
            int ack,
            int flags,
            int window,
            byte[] options,
            int payload)
            throws IOException {
        int header = TCP + options.length;
        ByteBuffer frame = ipv4(from, to, 6, header + payload);
        frame.putShort((short) fromPort).putShort((short) toPort).putInt(seq).putInt(ack);
        frame.putShort((short) (((header / 4) << 12) | flags))
                .putShort((short) window)
                .putInt(0);
        frame.put(options);
        if (payload > TLS_RECORD_HEADER) {
            int record = payload - TLS_RECORD_HEADER;
            frame.put((byte) 0x17).putShort((short) 0x0303).putShort((short) record);
            putNoise(frame, record);
        } else {
            putNoise(frame, payload);
        }
    }

    /** A datagram whose payload of {@code length} bytes the caller puts into the buffer that it gets. */
    ByteBuffer udp(int from, int to, int fromPort, int toPort, int length) throws IOException {
        ByteBuffer frame = ipv4(from, to, 17, UDP + length);
        return frame.putShort((short) fromPort)
                .putShort((short) toPort)
                .putShort((short) (UDP + length))
                .putShort((short) 0);
    }

    /** An echo request or reply as {@code ping} sends it: a time stamp, then a ramp. */
    void echo(int from, int to, boolean reply, int id, int sequence) throws IOException {
        ByteBuffer frame = ipv4(from, to, 1, 64);
        frame.putShort((short) (reply ? 0 : 0x0800)).putShort((short) 0);
        frame.putShort((short) id)
                .putShort((short) sequence)
                .putLong(1_796_000_000L + sequence)
                .putLong(0);
        for (int i = 16; i < 56; i++) {
            frame.put((byte) i);
        }
    }

    /** Who has {@code to}, tell {@code from}; or the reply that {@code from} is here. */
    void arp(int from, int to, boolean reply) throws IOException {
        ByteBuffer frame = out.begin(42);
        if (reply) {
            putMac(frame, to);
        } else {
            frame.putInt(-1).putShort((short) -1);
        }
        putMac(frame, from);
        frame.putShort((short) 0x0806)
                .putShort((short) 1)
                .putShort((short) 0x0800)
                .putShort((short) 0x0604);
        frame.putShort((short) (reply ? 2 : 1));
        putMac(frame, from);
        frame.putInt(from);
        if (reply) {
            putMac(frame, to);
        } else {
            frame.putInt(0).putShort((short) 0);
        }
        frame.putInt(to);
    }

    void putNoise(ByteBuffer frame, int length) {
        if (noiseAt + length > noise.length) {
            noiseAt = 0;
        }
        frame.put(noise, noiseAt, length);
        noiseAt += length | 1;
    }

    private ByteBuffer ipv4(int from, int to, int protocol, int payload) throws IOException {
        ByteBuffer frame = out.begin(ETHERNET + IPV4 + payload);
        putMac(frame, to);
        putMac(frame, from);
        frame.putShort((short) 0x0800).putShort((short) 0x4500).putShort((short) (IPV4 + payload));
        frame.putShort(identification++).putShort((short) 0x4000);
        return frame.putInt(TIME_TO_LIVE | (protocol << 16)).putInt(from).putInt(to);
    }

    private static void putMac(ByteBuffer frame, int address) {
        int owner = address >>> 24 == 10 ? address : GATEWAY;
        frame.putShort((short) 0x0200).putInt(owner);
    }
}
