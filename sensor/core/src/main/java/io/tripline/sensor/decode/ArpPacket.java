package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * ARP packet for IPv4 on Ethernet (RFC 826).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |         Hardware type         |         Protocol type         |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  | Hardware len. | Protocol len. |           Operation           |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                    Sender hardware address                    |
 *  +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                               |    Sender protocol address    |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |   Sender protocol (cont.)     |    Target hardware address    |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 *  |                                                               |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                    Target protocol address                    |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class ArpPacket {
    static final int LENGTH = 28;

    /** Bytes up to and with the operation, which decide on the shape of the rest. */
    static final int TO_OPERATION = 8;

    private static final int TYPES = 0;
    private static final int LENGTHS = 4;
    private static final int OPERATION = 6;
    private static final int SENDER_MAC = 8;
    private static final int SENDER_ADDRESS = 14;
    private static final int TARGET_MAC = 18;
    private static final int TARGET_ADDRESS = 24;

    private static final int ETHERNET_AND_IPV4 = 0x0001_0800;
    private static final int SIX_AND_FOUR = 0x0604;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    ArpPacket wrap(DirectBuffer buffer, int offset, int available) {
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

    /** Whether it maps IPv4 to Ethernet addresses; needs {@link #TO_OPERATION} bytes. */
    boolean isValid() {
        return buffer.getInt(offset + TYPES, BIG_ENDIAN) == ETHERNET_AND_IPV4
                && buffer.getShort(offset + LENGTHS, BIG_ENDIAN) == SIX_AND_FOUR;
    }

    int operation() {
        return buffer.getShort(offset + OPERATION, BIG_ENDIAN) & 0xffff;
    }

    long senderMac() {
        return buffer.getLong(offset + SENDER_MAC, BIG_ENDIAN) >>> 16;
    }

    int senderAddress() {
        return buffer.getInt(offset + SENDER_ADDRESS, BIG_ENDIAN);
    }

    long targetMac() {
        return buffer.getLong(offset + TARGET_MAC, BIG_ENDIAN) >>> 16;
    }

    int targetAddress() {
        return buffer.getInt(offset + TARGET_ADDRESS, BIG_ENDIAN);
    }
}
