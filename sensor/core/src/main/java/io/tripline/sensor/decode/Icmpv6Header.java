package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * ICMPv6 header (RFC 4443, 2.1; echo 4.1).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |     Type      |     Code      |          Checksum             |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |           Identifier          |        Sequence Number        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Icmpv6Header {
    static final int LENGTH = 8;

    /** Bytes that every ICMPv6 message has. */
    static final int MINIMUM_LENGTH = 4;

    private static final int TYPE = 0;
    private static final int CODE = 1;
    private static final int IDENTIFIER = 4;
    private static final int SEQUENCE = 6;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    Icmpv6Header wrap(DirectBuffer buffer, int offset, int available) {
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

    int type() {
        return buffer.getByte(offset + TYPE) & 0xff;
    }

    int code() {
        return buffer.getByte(offset + CODE) & 0xff;
    }

    /** Identifier of an echo; 0 where the message has none. */
    int identifier() {
        return available >= LENGTH && isQuery() ? buffer.getShort(offset + IDENTIFIER, BIG_ENDIAN) & 0xffff : 0;
    }

    /** Sequence number of a query or its answer; 0 where the message has none. */
    int sequence() {
        return available >= LENGTH && isQuery() ? buffer.getShort(offset + SEQUENCE, BIG_ENDIAN) & 0xffff : 0;
    }

    /** Echo (128, 129), extended echo (160, 161; RFC 8335). */
    boolean isQuery() {
        int type = type();
        return type == 128 || type == 129 || type == 160 || type == 161;
    }

    /** Whether it quotes the packet that caused it: unreachable, too big, time exceeded, parameter problem. */
    boolean isError() {
        int type = type();
        return type >= 1 && type <= 4;
    }

    boolean isRouterAdvertisement() {
        return type() == NdpMessage.ROUTER_ADVERTISEMENT;
    }

    /** Neighbour solicitation or advertisement. */
    boolean isNeighbour() {
        int type = type();
        return type == NdpMessage.SOLICITATION || type == NdpMessage.ADVERTISEMENT;
    }
}
