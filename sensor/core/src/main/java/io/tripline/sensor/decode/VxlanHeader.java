package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * VXLAN header (RFC 7348, 5).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |R|R|R|R|I|R|R|R|            Reserved                           |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                VXLAN Network Identifier (VNI) |   Reserved    |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class VxlanHeader {
    static final int LENGTH = 8;
    static final int PORT = 4789;

    private static final int FLAGS = 0;
    private static final int NETWORK = 4;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    VxlanHeader wrap(DirectBuffer buffer, int offset, int available) {
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

    /** Whether it says that it has a network identifier, and nothing that the RFC does not know. */
    boolean isValid() {
        return flags() == 0x0800_0000;
    }

    int flags() {
        return buffer.getInt(offset + FLAGS, BIG_ENDIAN);
    }

    int network() {
        return buffer.getInt(offset + NETWORK, BIG_ENDIAN) >>> 8;
    }
}
