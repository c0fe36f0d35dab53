package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * What follows the tag protocol identifier of IEEE 802.1Q and 802.1ad.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  | PCP |D|    VLAN identifier    |      EtherType or length      |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class VlanTag {
    static final int LENGTH = 4;

    private static final int CONTROL = 0;
    private static final int ETHER_TYPE = 2;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    VlanTag wrap(DirectBuffer buffer, int offset, int available) {
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

    int priority() {
        return (buffer.getByte(offset + CONTROL) & 0xe0) >> 5;
    }

    boolean dropEligible() {
        return (buffer.getByte(offset + CONTROL) & 0x10) != 0;
    }

    int identifier() {
        return buffer.getShort(offset + CONTROL, BIG_ENDIAN) & 0xfff;
    }

    int etherType() {
        return buffer.getShort(offset + ETHER_TYPE, BIG_ENDIAN) & 0xffff;
    }
}
