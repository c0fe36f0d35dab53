package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Ethernet II or IEEE 802.3 frame header, without preamble.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                          Destination                          |
 *  +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                               |                               |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 *  |                            Source                             |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |      EtherType or length      |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class EthernetHeader {
    static final int LENGTH = 14;

    private static final int DESTINATION = 0;
    private static final int SOURCE = 6;
    private static final int ETHER_TYPE = 12;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    EthernetHeader wrap(DirectBuffer buffer, int offset, int available) {
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

    long destination() {
        return mac(offset + DESTINATION);
    }

    long source() {
        return mac(offset + SOURCE);
    }

    /** EtherType, or up to 1500 the length of an 802.3 frame. */
    int etherType() {
        return buffer.getShort(offset + ETHER_TYPE, BIG_ENDIAN) & 0xffff;
    }

    private long mac(int index) {
        return ((buffer.getShort(index, BIG_ENDIAN) & 0xffffL) << 32)
                | (buffer.getInt(index + 2, BIG_ENDIAN) & 0xffff_ffffL);
    }
}
