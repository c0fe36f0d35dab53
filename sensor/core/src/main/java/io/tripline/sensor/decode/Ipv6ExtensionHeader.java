package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * What IPv6 extension headers have in common (RFC 6564, 4): hop-by-hop and destination options, routing, mobility, HIP,
 * Shim6.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |  Next Header  |  Hdr Ext Len  |     Header specific data      ~
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Ipv6ExtensionHeader {
    static final int MINIMUM_LENGTH = 8;

    static final int HOP_BY_HOP = 0;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int AUTHENTICATION = 51;
    static final int NONE = 59;
    static final int DESTINATION_OPTIONS = 60;
    static final int MOBILITY = 135;
    static final int HOST_IDENTITY = 139;
    static final int SHIM6 = 140;

    private static final int NEXT_HEADER = 0;
    private static final int EXTENSION_LENGTH = 1;
    private static final int DATA = 2;

    private static final int PAD1 = 0;
    private static final int JUMBO_PAYLOAD = 0xc2;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    Ipv6ExtensionHeader wrap(DirectBuffer buffer, int offset, int available) {
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

    int nextHeader() {
        return buffer.getByte(offset + NEXT_HEADER) & 0xff;
    }

    /** Bytes of the header. */
    int length() {
        return ((buffer.getByte(offset + EXTENSION_LENGTH) & 0xff) + 1) << 3;
    }

    /**
     * Jumbo payload length (RFC 2675, 2) of a complete hop-by-hop options header, at most 2^31 - 1; 0 where it has
     * none.
     */
    int jumboPayload() {
        int end = length();
        for (int at = DATA; at + 6 <= end; ) {
            int type = buffer.getByte(offset + at) & 0xff;
            int length = buffer.getByte(offset + at + 1) & 0xff;
            if (type == JUMBO_PAYLOAD && length == 4) {
                return (int) Math.min(buffer.getInt(offset + at + 2, BIG_ENDIAN) & 0xffff_ffffL, Integer.MAX_VALUE);
            }
            at += type == PAD1 ? 1 : 2 + length;
        }
        return 0;
    }
}
