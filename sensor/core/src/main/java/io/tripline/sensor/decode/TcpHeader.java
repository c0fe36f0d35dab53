package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * TCP header (RFC 9293, 3.1; the AE bit RFC 9768, 3.1).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |          Source Port          |       Destination Port        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                        Sequence Number                        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                    Acknowledgment Number                      |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |  Data |     |A|C|E|U|A|P|R|S|F|                               |
 *  | Offset| Rsv |E|W|C|R|C|S|S|Y|I|            Window             |
 *  |       |     | |R|E|G|K|H|T|N|N|                               |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |           Checksum            |         Urgent Pointer        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                           [Options]                           |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class TcpHeader {
    static final int MINIMUM_LENGTH = 20;

    /** Bytes up to and with the flags, and up to and with the window. */
    static final int TO_FLAGS = 14;

    static final int TO_WINDOW = 16;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int SEQUENCE = 4;
    private static final int ACKNOWLEDGMENT = 8;
    static final int OFFSET_FLAGS = 12;
    private static final int WINDOW = 14;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    TcpHeader wrap(DirectBuffer buffer, int offset, int available) {
        if (this.buffer != buffer) {
            this.buffer = buffer;
        }
        this.offset = offset;
        this.available = available;
        return this;
    }

    /** Whether ports, flags and window can be read. */
    boolean isComplete() {
        return available >= TO_WINDOW;
    }

    int sourcePort() {
        return buffer.getShort(offset + SOURCE_PORT, BIG_ENDIAN) & 0xffff;
    }

    int destinationPort() {
        return buffer.getShort(offset + DESTINATION_PORT, BIG_ENDIAN) & 0xffff;
    }

    long sequence() {
        return buffer.getInt(offset + SEQUENCE, BIG_ENDIAN) & 0xffff_ffffL;
    }

    long acknowledgment() {
        return buffer.getInt(offset + ACKNOWLEDGMENT, BIG_ENDIAN) & 0xffff_ffffL;
    }

    /** Bytes of the header with its options, as the data offset tells. */
    int headerLength() {
        return (buffer.getByte(offset + OFFSET_FLAGS) & 0xf0) >> 2;
    }

    /** The nine bits of {@link io.tripline.schemas.TcpFlags}. */
    int flags() {
        return buffer.getShort(offset + OFFSET_FLAGS, BIG_ENDIAN) & 0x1ff;
    }

    int window() {
        return buffer.getShort(offset + WINDOW, BIG_ENDIAN) & 0xffff;
    }
}
