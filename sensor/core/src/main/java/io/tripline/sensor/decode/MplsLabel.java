package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * MPLS label stack entry (RFC 3032, 2.1).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                 Label                 |  TC |S|      TTL      |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class MplsLabel {
    static final int LENGTH = 4;

    private static final int ENTRY = 0;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    MplsLabel wrap(DirectBuffer buffer, int offset, int available) {
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

    int label() {
        return entry() >>> 12;
    }

    int trafficClass() {
        return (entry() >>> 9) & 7;
    }

    boolean isBottomOfStack() {
        return (entry() & 0x100) != 0;
    }

    int timeToLive() {
        return entry() & 0xff;
    }

    private int entry() {
        return buffer.getInt(offset + ENTRY, BIG_ENDIAN);
    }
}
