package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * IPv6 fragment header (RFC 8200, 4.5).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |  Next Header  |   Reserved    |      Fragment Offset    |Res|M|
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                         Identification                        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Ipv6FragmentHeader {
    static final int LENGTH = 8;

    private static final int NEXT_HEADER = 0;
    private static final int FRAGMENT = 2;
    private static final int IDENTIFICATION = 4;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    Ipv6FragmentHeader wrap(DirectBuffer buffer, int offset, int available) {
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

    int nextHeader() {
        return buffer.getByte(offset + NEXT_HEADER) & 0xff;
    }

    /** Place of this fragment in the datagram, bytes. */
    int fragmentOffset() {
        return buffer.getShort(offset + FRAGMENT, BIG_ENDIAN) & 0xfff8;
    }

    boolean moreFragments() {
        return (buffer.getShort(offset + FRAGMENT, BIG_ENDIAN) & 1) != 0;
    }

    /** Whether this is a part of a datagram; an "atomic" fragment (RFC 6946) is a whole one. */
    boolean isFragment() {
        return fragmentOffset() != 0 || moreFragments();
    }

    int identification() {
        return buffer.getInt(offset + IDENTIFICATION, BIG_ENDIAN);
    }
}
