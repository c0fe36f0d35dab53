package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * PPP header (RFC 1661, 2; RFC 1662, 3.1). Address and control are left out inside PPPoE and may be elsewhere; the
 * protocol may be compressed to its lower byte, which is odd where the upper one is always even.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  | Address (ff)  | Control (03)  |           Protocol            |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class PppHeader {
    static final int IPV4 = 0x0021;
    static final int IPV6 = 0x0057;
    static final int MPLS = 0x0281;

    private static final int ADDRESS_AND_CONTROL = 0xff03;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    PppHeader wrap(DirectBuffer buffer, int offset, int available) {
        if (this.buffer != buffer) {
            this.buffer = buffer;
        }
        this.offset = offset;
        this.available = available;
        return this;
    }

    boolean isComplete() {
        return available >= 2 && available >= length();
    }

    /** Bytes of the header in the form at hand; needs two bytes to tell. */
    int length() {
        int at = protocolAt();
        return available > at && (buffer.getByte(offset + at) & 1) != 0 ? at + 1 : at + 2;
    }

    int protocol() {
        int at = protocolAt();
        int first = buffer.getByte(offset + at) & 0xff;
        return (first & 1) != 0 ? first : buffer.getShort(offset + at, BIG_ENDIAN) & 0xffff;
    }

    private int protocolAt() {
        return (buffer.getShort(offset, BIG_ENDIAN) & 0xffff) == ADDRESS_AND_CONTROL ? 2 : 0;
    }
}
