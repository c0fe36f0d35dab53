package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * BSD loopback header: the address family of what follows, LINKTYPE_NULL and LINKTYPE_LOOP.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                        Address family                         |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * LINKTYPE_LOOP has it in network order, LINKTYPE_NULL in that of the host that wrote the capture, which nothing tells:
 * families are small numbers, so the order that gives the smaller one is right.
 *
 * @see <a href="https://www.tcpdump.org/linktypes.html">Link-layer header types</a>
 */
final class LoopbackHeader {
    static final int LENGTH = 4;

    private static final int FAMILY = 0;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    LoopbackHeader wrap(DirectBuffer buffer, int offset, int available) {
        if (this.buffer != buffer) {
            this.buffer = buffer;
        }
        this.offset = offset;
        this.available = available;
        return this;
    }

    boolean isComplete() {
        return available >= LENGTH;
    }

    /** Address family as the host numbers it, whichever byte order it has. */
    int family() {
        int big = buffer.getInt(offset + FAMILY, BIG_ENDIAN);
        int little = buffer.getInt(offset + FAMILY, LITTLE_ENDIAN);
        return Integer.compareUnsigned(big, little) < 0 ? big : little;
    }

    boolean isIpv4() {
        return family() == 2;
    }

    /** AF_INET6 is 10 on Linux, 24 on NetBSD and OpenBSD, 28 on FreeBSD, 30 on Darwin. */
    boolean isIpv6() {
        int family = family();
        return family == 24 || family == 28 || family == 30 || family == 10;
    }
}
