package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * PPPoE header (RFC 2516, 4).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |  VER  | TYPE  |      CODE     |          SESSION_ID           |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |            LENGTH             |           payload             ~
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class PppoeHeader {
    static final int LENGTH = 6;

    private static final int VERSION_TYPE = 0;
    private static final int CODE = 1;
    private static final int SESSION = 2;
    private static final int PAYLOAD_LENGTH = 4;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    PppoeHeader wrap(DirectBuffer buffer, int offset, int available) {
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

    /** Whether it carries session data. */
    boolean isSession() {
        return versionAndType() == 0x11 && code() == 0;
    }

    int versionAndType() {
        return buffer.getByte(offset + VERSION_TYPE) & 0xff;
    }

    int code() {
        return buffer.getByte(offset + CODE) & 0xff;
    }

    int session() {
        return buffer.getShort(offset + SESSION, BIG_ENDIAN) & 0xffff;
    }

    int payloadLength() {
        return buffer.getShort(offset + PAYLOAD_LENGTH, BIG_ENDIAN) & 0xffff;
    }
}
