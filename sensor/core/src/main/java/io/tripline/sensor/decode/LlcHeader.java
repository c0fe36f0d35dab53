package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Logical link control header of an IEEE 802.3 frame, with the SNAP extension (IEEE 802, RFC 1042).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |     DSAP      |     SSAP      |    Control    |  Organization |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |     Organization (cont.)      |          Protocol             |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class LlcHeader {
    static final int LENGTH = 8;

    private static final int ACCESS_POINTS = 0;
    private static final int CONTROL = 2;
    private static final int ORGANIZATION = 3;
    private static final int PROTOCOL = 6;

    private static final int SNAP = 0xaaaa;
    private static final int UNNUMBERED_INFORMATION = 3;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    LlcHeader wrap(DirectBuffer buffer, int offset, int available) {
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

    /** Whether {@link #protocol()} is an EtherType: SNAP with the organization code for encapsulated Ethernet. */
    boolean isEncapsulatedEthernet() {
        return accessPoints() == SNAP && control() == UNNUMBERED_INFORMATION && organization() == 0;
    }

    /** Destination and source service access point, one byte each. */
    int accessPoints() {
        return buffer.getShort(offset + ACCESS_POINTS, BIG_ENDIAN) & 0xffff;
    }

    int control() {
        return buffer.getByte(offset + CONTROL) & 0xff;
    }

    int organization() {
        return buffer.getInt(offset + ORGANIZATION, BIG_ENDIAN) >>> 8;
    }

    int protocol() {
        return buffer.getShort(offset + PROTOCOL, BIG_ENDIAN) & 0xffff;
    }
}
