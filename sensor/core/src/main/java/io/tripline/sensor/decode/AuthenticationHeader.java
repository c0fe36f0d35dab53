package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * IP authentication header (RFC 4302, 2).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  | Next Header   |  Payload Len  |          RESERVED             |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                 Security Parameters Index (SPI)               |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                    Sequence Number Field                      |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                Integrity Check Value (variable)               |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class AuthenticationHeader {
    static final int MINIMUM_LENGTH = 12;

    private static final int NEXT_HEADER = 0;
    private static final int PAYLOAD_LENGTH = 1;
    private static final int SECURITY_PARAMETERS = 4;
    private static final int SEQUENCE = 8;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    AuthenticationHeader wrap(DirectBuffer buffer, int offset, int available) {
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

    boolean isValid() {
        return length() >= MINIMUM_LENGTH;
    }

    int nextHeader() {
        return buffer.getByte(offset + NEXT_HEADER) & 0xff;
    }

    /** Bytes of the header; the field counts words of four less two. */
    int length() {
        return ((buffer.getByte(offset + PAYLOAD_LENGTH) & 0xff) + 2) << 2;
    }

    int securityParameters() {
        return buffer.getInt(offset + SECURITY_PARAMETERS, BIG_ENDIAN);
    }

    int sequence() {
        return buffer.getInt(offset + SEQUENCE, BIG_ENDIAN);
    }
}
