package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * IPv6 header (RFC 8200, 3).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |Version| Traffic Class |           Flow Label                  |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |         Payload Length        |  Next Header  |   Hop Limit   |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                                                               |
 *  +                         Source Address (16 bytes)             +
 *  |                                                               |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                                                               |
 *  +                      Destination Address (16 bytes)           +
 *  |                                                               |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Ipv6Header {
    static final int LENGTH = 40;

    private static final int VERSION_CLASS_LABEL = 0;
    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    Ipv6Header wrap(DirectBuffer buffer, int offset, int available) {
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

    boolean isValid() {
        return version() == 6;
    }

    int version() {
        return buffer.getInt(offset + VERSION_CLASS_LABEL, BIG_ENDIAN) >>> 28;
    }

    int trafficClass() {
        return (buffer.getInt(offset + VERSION_CLASS_LABEL, BIG_ENDIAN) >>> 20) & 0xff;
    }

    int flowLabel() {
        return buffer.getInt(offset + VERSION_CLASS_LABEL, BIG_ENDIAN) & 0xf_ffff;
    }

    int payloadLength() {
        return buffer.getShort(offset + PAYLOAD_LENGTH, BIG_ENDIAN) & 0xffff;
    }

    int nextHeader() {
        return buffer.getByte(offset + NEXT_HEADER) & 0xff;
    }

    int hopLimit() {
        return buffer.getByte(offset + HOP_LIMIT) & 0xff;
    }

    long sourceHigh() {
        return buffer.getLong(offset + SOURCE, BIG_ENDIAN);
    }

    long sourceLow() {
        return buffer.getLong(offset + SOURCE + 8, BIG_ENDIAN);
    }

    long destinationHigh() {
        return buffer.getLong(offset + DESTINATION, BIG_ENDIAN);
    }

    long destinationLow() {
        return buffer.getLong(offset + DESTINATION + 8, BIG_ENDIAN);
    }
}
