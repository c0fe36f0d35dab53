package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Linux "cooked" capture header, LINKTYPE_LINUX_SLL.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |          Packet type          |          ARPHRD type          |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |        Address length         |                               |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 *  |                        Sender's address                       |
 *  +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                               |           Protocol            |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @see <a href="https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html">LINKTYPE_LINUX_SLL</a>
 */
final class SllHeader {
    static final int LENGTH = 16;

    /** ARPHRD type of a netlink socket: its protocol field holds a netlink family. */
    static final int NETLINK = 824;

    private static final int PACKET_TYPE = 0;
    private static final int HARDWARE_TYPE = 2;
    private static final int ADDRESS_LENGTH = 4;
    private static final int ADDRESS = 6;
    private static final int PROTOCOL = 14;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    SllHeader wrap(DirectBuffer buffer, int offset, int available) {
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

    int packetType() {
        return buffer.getShort(offset + PACKET_TYPE, BIG_ENDIAN) & 0xffff;
    }

    int hardwareType() {
        return buffer.getShort(offset + HARDWARE_TYPE, BIG_ENDIAN) & 0xffff;
    }

    int addressLength() {
        return buffer.getShort(offset + ADDRESS_LENGTH, BIG_ENDIAN) & 0xffff;
    }

    /** The sender's MAC address; 0 where its address is of another size. */
    long sender() {
        return addressLength() == 6 ? buffer.getLong(offset + ADDRESS, BIG_ENDIAN) >>> 16 : 0;
    }

    int protocol() {
        return buffer.getShort(offset + PROTOCOL, BIG_ENDIAN) & 0xffff;
    }
}
