package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Linux "cooked" capture header, second version, LINKTYPE_LINUX_SLL2.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |           Protocol            |           Reserved            |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                        Interface index                        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |          ARPHRD type          |  Packet type  |  Address len. |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                        Sender's address                       |
 *  +                                                               +
 *  |                                                               |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @see <a href="https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html">LINKTYPE_LINUX_SLL2</a>
 */
final class Sll2Header {
    static final int LENGTH = 20;

    private static final int PROTOCOL = 0;
    private static final int INTERFACE = 4;
    private static final int HARDWARE_TYPE = 8;
    private static final int PACKET_TYPE = 10;
    private static final int ADDRESS_LENGTH = 11;
    private static final int ADDRESS = 12;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    Sll2Header wrap(DirectBuffer buffer, int offset, int available) {
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

    int protocol() {
        return buffer.getShort(offset + PROTOCOL, BIG_ENDIAN) & 0xffff;
    }

    int interfaceIndex() {
        return buffer.getInt(offset + INTERFACE, BIG_ENDIAN);
    }

    int hardwareType() {
        return buffer.getShort(offset + HARDWARE_TYPE, BIG_ENDIAN) & 0xffff;
    }

    int packetType() {
        return buffer.getByte(offset + PACKET_TYPE) & 0xff;
    }

    int addressLength() {
        return buffer.getByte(offset + ADDRESS_LENGTH) & 0xff;
    }

    /** The sender's MAC address; 0 where its address is of another size. */
    long sender() {
        return addressLength() == 6 ? buffer.getLong(offset + ADDRESS, BIG_ENDIAN) >>> 16 : 0;
    }
}
