package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Generic Routing Encapsulation header (RFC 2784, 2.1; RFC 2890, 2); the bits decide which of the words are there.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |C| |K|S|   Reserved0     | Ver |         Protocol Type         |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |      Checksum (optional)      |       Reserved1 (Optional)    |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                         Key (optional)                        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                 Sequence Number (Optional)                    |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class GreHeader {
    static final int MINIMUM_LENGTH = 4;

    /** Protocol type of a whole Ethernet frame (RFC 7637, 3.2). */
    static final int TRANSPARENT_ETHERNET = 0x6558;

    private static final int FLAGS = 0;
    private static final int PROTOCOL_TYPE = 2;

    private static final int CHECKSUM = 0x8000;
    private static final int ROUTING = 0x4000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int VERSION = 7;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    GreHeader wrap(DirectBuffer buffer, int offset, int available) {
        if (this.buffer != buffer) {
            this.buffer = buffer;
        }
        this.offset = offset;
        this.available = available;
        return this;
    }

    boolean isComplete() {
        return available >= MINIMUM_LENGTH && available >= length();
    }

    /** Whether it is the plain version; routing (RFC 1701) has a header of another shape. */
    boolean isValid() {
        return (flags() & (ROUTING | VERSION)) == 0;
    }

    int flags() {
        return buffer.getShort(offset + FLAGS, BIG_ENDIAN) & 0xffff;
    }

    int protocolType() {
        return buffer.getShort(offset + PROTOCOL_TYPE, BIG_ENDIAN) & 0xffff;
    }

    int length() {
        int words = Integer.bitCount(flags() & (CHECKSUM | KEY | SEQUENCE));
        return MINIMUM_LENGTH + 4 * words;
    }
}
