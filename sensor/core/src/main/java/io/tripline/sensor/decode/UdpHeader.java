package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * UDP header (RFC 768).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |          Source Port          |       Destination Port        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |            Length             |           Checksum            |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class UdpHeader {
    static final int LENGTH = 8;

    /** Bytes up to and with the ports, and up to and with the length. */
    static final int TO_PORTS = 4;

    static final int TO_LENGTH = 6;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int UDP_LENGTH = 4;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    UdpHeader wrap(DirectBuffer buffer, int offset, int available) {
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

    int sourcePort() {
        return buffer.getShort(offset + SOURCE_PORT, BIG_ENDIAN) & 0xffff;
    }

    int destinationPort() {
        return buffer.getShort(offset + DESTINATION_PORT, BIG_ENDIAN) & 0xffff;
    }

    /** Bytes of header and payload; 0 in a jumbogram (RFC 2675, 4), anything in a hostile packet. */
    int length() {
        return buffer.getShort(offset + UDP_LENGTH, BIG_ENDIAN) & 0xffff;
    }
}
