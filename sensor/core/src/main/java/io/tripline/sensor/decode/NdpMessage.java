package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Neighbour solicitation or advertisement, or router advertisement (RFC 4861, 4.2 to 4.4), from its ICMPv6 type on. A
 * router advertisement has timers in place of the target address, and its options begin earlier.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |     Type      |     Code      |          Checksum             |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |R|S|O|                     Reserved                            |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                                                               |
 *  +                       Target Address (16 bytes)               +
 *  |                                                               |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |     Type      |    Length     |    Link-Layer Address ...
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-
 * </pre>
 */
final class NdpMessage {
    static final int MINIMUM_LENGTH = 24;

    static final int ROUTER_ADVERTISEMENT = 134;
    static final int SOLICITATION = 135;
    static final int ADVERTISEMENT = 136;

    /** Option types of link-layer addresses. */
    static final int SOURCE_LINK_ADDRESS = 1;

    static final int TARGET_LINK_ADDRESS = 2;

    private static final int FLAGS = 4;
    private static final int TARGET = 8;
    private static final int ROUTER_OPTIONS = 16;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    NdpMessage wrap(DirectBuffer buffer, int offset, int available) {
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

    boolean isRouterAdvertisement() {
        return (buffer.getByte(offset) & 0xff) == ROUTER_ADVERTISEMENT;
    }

    /** Of an advertisement of a neighbour: 4 router, 2 solicited, 1 override; otherwise 0. */
    int flags() {
        return (buffer.getByte(offset) & 0xff) == ADVERTISEMENT ? buffer.getByte(offset + FLAGS) >> 5 & 7 : 0;
    }

    long targetHigh() {
        return buffer.getLong(offset + TARGET, BIG_ENDIAN);
    }

    long targetLow() {
        return buffer.getLong(offset + TARGET + 8, BIG_ENDIAN);
    }

    /**
     * MAC address in the first option of this type; 0 where there is none. Options are counted in units of eight
     * bytes.
     */
    long linkAddress(int optionType) {
        for (int at = isRouterAdvertisement() ? ROUTER_OPTIONS : MINIMUM_LENGTH; at + 8 <= available; ) {
            int length = (buffer.getByte(offset + at + 1) & 0xff) << 3;
            if (length == 0 || length > available - at) {
                return 0;
            }
            if ((buffer.getByte(offset + at) & 0xff) == optionType && length == 8) {
                return buffer.getLong(offset + at, BIG_ENDIAN) & 0xffff_ffff_ffffL;
            }
            at += length;
        }
        return 0;
    }
}
