package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * SCTP common header with the type of the first chunk (RFC 9260, 3).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |      Source Port Number       |    Destination Port Number    |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                       Verification Tag                        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                           Checksum                            |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |  Chunk Type   |  Chunk Flags  |         Chunk Length          |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class SctpHeader {
    static final int LENGTH = 12;

    /** Bytes up to and with the first chunk's type. */
    static final int TO_CHUNK_TYPE = 13;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int VERIFICATION_TAG = 4;
    private static final int CHUNK_TYPE = 12;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    SctpHeader wrap(DirectBuffer buffer, int offset, int available) {
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

    int sourcePort() {
        return buffer.getShort(offset + SOURCE_PORT, BIG_ENDIAN) & 0xffff;
    }

    int destinationPort() {
        return buffer.getShort(offset + DESTINATION_PORT, BIG_ENDIAN) & 0xffff;
    }

    int verificationTag() {
        return buffer.getInt(offset + VERIFICATION_TAG, BIG_ENDIAN);
    }

    /** Type of the first chunk; -1 where there is none. */
    int chunkType() {
        return available >= TO_CHUNK_TYPE ? buffer.getByte(offset + CHUNK_TYPE) & 0xff : -1;
    }
}
