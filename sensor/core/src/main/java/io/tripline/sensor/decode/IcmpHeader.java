package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * ICMP header (RFC 792); the second word is the identifier and sequence number of a query.
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
final class IcmpHeader {
    static final int LENGTH = 8;

    /** Bytes that every ICMP message has. */
    static final int MINIMUM_LENGTH = 4;

    private static final int TYPE = 0;
    private static final int CODE = 1;
    private static final int IDENTIFIER = 4;
    private static final int SEQUENCE = 6;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    IcmpHeader wrap(DirectBuffer buffer, int offset, int available) {
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

    /** Identifier of a query or its answer; 0 where the message has none. */
    int identifier() {
        return available >= LENGTH && isQuery() ? buffer.getShort(offset + IDENTIFIER, BIG_ENDIAN) & 0xffff : 0;
    }

    /** Sequence number of a query or its answer; 0 where the message has none. */
    int sequence() {
        return available >= LENGTH && isQuery() ? buffer.getShort(offset + SEQUENCE, BIG_ENDIAN) & 0xffff : 0;
    }

    /**
     * Echo (8, 0), timestamp (13, 14), information (15, 16), address mask (17, 18), extended echo (42, 43; RFC 8335).
     */
    boolean isQuery() {
        int type = type();
        return type == 8 || type == 0 || (type >= 13 && type <= 18) || type == 42 || type == 43;
    }

    /**
     * Whether it quotes the packet that caused it: unreachable, source quench, redirect, time exceeded, parameter
     * problem.
     */
    boolean isError() {
        int type = type();
        return (type >= 3 && type <= 5) || type == 11 || type == 12;
    }
}
