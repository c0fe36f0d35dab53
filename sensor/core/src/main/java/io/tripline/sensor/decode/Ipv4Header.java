package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * IPv4 header (RFC 791, 3.1).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |Version|  IHL  |Type of Service|          Total Length         |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |         Identification        |Flags|      Fragment Offset    |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |  Time to Live |    Protocol   |         Header Checksum       |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                       Source Address                          |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                    Destination Address                        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                    Options                    |    Padding    |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Ipv4Header {
    static final int MINIMUM_LENGTH = 20;

    private static final int VERSION_LENGTH = 0;
    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int TIME_TO_LIVE = 8;
    private static final int PROTOCOL = 9;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    Ipv4Header wrap(DirectBuffer buffer, int offset, int available) {
        if (this.buffer != buffer) {
            this.buffer = buffer;
        }
        this.offset = offset;
        this.available = available;
        return this;
    }

    boolean isComplete() {
        return available >= MINIMUM_LENGTH;
    }

    /** Whether version and lengths agree; a total length of 0 is a segment that the network card was left to cut. */
    boolean isValid() {
        int total = totalLength();
        return version() == 4 && headerLength() >= MINIMUM_LENGTH && (total == 0 || total >= headerLength());
    }

    int version() {
        return (buffer.getByte(offset + VERSION_LENGTH) & 0xf0) >> 4;
    }

    /** Bytes of the header with its options. */
    int headerLength() {
        return (buffer.getByte(offset + VERSION_LENGTH) & 0xf) << 2;
    }

    int totalLength() {
        return buffer.getShort(offset + TOTAL_LENGTH, BIG_ENDIAN) & 0xffff;
    }

    int identification() {
        return buffer.getShort(offset + IDENTIFICATION, BIG_ENDIAN) & 0xffff;
    }

    /** Whether this is a part of a datagram: more follows, or something came before. */
    boolean isFragment() {
        return (buffer.getShort(offset + FRAGMENT, BIG_ENDIAN) & 0x3fff) != 0;
    }

    boolean moreFragments() {
        return (buffer.getShort(offset + FRAGMENT, BIG_ENDIAN) & 0x2000) != 0;
    }

    /** Place of this fragment in the datagram, bytes. */
    int fragmentOffset() {
        return (buffer.getShort(offset + FRAGMENT, BIG_ENDIAN) & 0x1fff) << 3;
    }

    int timeToLive() {
        return buffer.getByte(offset + TIME_TO_LIVE) & 0xff;
    }

    int protocol() {
        return buffer.getByte(offset + PROTOCOL) & 0xff;
    }

    int source() {
        return buffer.getInt(offset + SOURCE, BIG_ENDIAN);
    }

    int destination() {
        return buffer.getInt(offset + DESTINATION, BIG_ENDIAN);
    }
}
