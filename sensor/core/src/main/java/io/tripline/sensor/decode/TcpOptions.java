package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * TCP options (RFC 9293, 3.1): kinds that are there, as the bit set of {@code PacketRecord.tcpOptions}.
 *
 * <pre>
 *  +--------+     +--------+--------+---------
 *  |  Kind  | or  |  Kind  | Length | Data ...
 *  +--------+     +--------+--------+---------
 * </pre>
 */
final class TcpOptions {
    static final int SEGMENT_SIZE = 1;
    static final int WINDOW_SCALE = 2;
    static final int SACK_PERMITTED = 4;
    static final int SACK = 8;
    static final int TIMESTAMPS = 16;
    static final int FAST_OPEN = 32;
    static final int SIGNED = 64;
    static final int OTHER = 128;
    static final int UNREADABLE = 256;

    private static final int END = 0;
    private static final int NO_OPERATION = 1;

    /** Two fillers and timestamps: all the options that most segments have. */
    private static final int PADDED_TIMESTAMPS = 0x0101_080a;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    TcpOptions wrap(DirectBuffer buffer, int offset, int available) {
        if (this.buffer != buffer) {
            this.buffer = buffer;
        }
        this.offset = offset;
        this.available = available;
        return this;
    }

    /**
     * Kinds among the {@code available} bytes; a length that cannot be ends the reading and sets {@link #UNREADABLE}.
     */
    int kinds() {
        if (available == 12 && buffer.getInt(offset, BIG_ENDIAN) == PADDED_TIMESTAMPS) {
            return TIMESTAMPS;
        }
        int kinds = 0;
        for (int at = 0; at < available; ) {
            int kind = buffer.getByte(offset + at) & 0xff;
            if (kind == END) {
                break;
            }
            if (kind == NO_OPERATION) {
                at++;
                continue;
            }
            int length = at + 1 < available ? buffer.getByte(offset + at + 1) & 0xff : 0;
            if (length < 2 || length > available - at) {
                return kinds | UNREADABLE;
            }
            kinds |= bit(kind, length);
            at += length;
        }
        return kinds;
    }

    private static int bit(int kind, int length) {
        return switch (kind) {
            case 2 -> length == 4 ? SEGMENT_SIZE : UNREADABLE;
            case 3 -> length == 3 ? WINDOW_SCALE : UNREADABLE;
            case 4 -> length == 2 ? SACK_PERMITTED : UNREADABLE;
            case 5 -> (length & 7) == 2 ? SACK : UNREADABLE;
            case 8 -> length == 10 ? TIMESTAMPS : UNREADABLE;
            case 19 -> length == 18 ? SIGNED : UNREADABLE;
            case 29 -> SIGNED;
            case 34 -> FAST_OPEN;
            default -> OTHER;
        };
    }
}
