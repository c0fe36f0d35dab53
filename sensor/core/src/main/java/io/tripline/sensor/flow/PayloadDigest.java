package io.tripline.sensor.flow;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tripline.schemas.Hash;
import org.agrona.DirectBuffer;

/**
 * A 64-bit digest of bytes: words of eight, each mixed in by multiplication and rotation, the length and a final
 * avalanche at the end. It tells payloads apart that nobody chose to collide; it is no secret and no proof, and every
 * sensor computes the same.
 */
final class PayloadDigest {
    private PayloadDigest() {}

    /** Never 0, which stands for no bytes; 0 where there are none. */
    static long of(DirectBuffer buffer, int offset, int length) {
        if (length <= 0) {
            return 0;
        }
        long state = Hash.start() ^ length;
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            state = Hash.append(state, buffer.getLong(offset + at, LITTLE_ENDIAN));
        }
        long rest = 0;
        for (; at < length; at++) {
            rest = rest << 8 | (buffer.getByte(offset + at) & 0xff);
        }
        long digest = Hash.finish(Hash.append(state, rest));
        return digest == 0 ? 1 : digest;
    }

    /** Eight bytes, each of the digest of one eighth; 0 for no bytes. */
    static long ofEighths(DirectBuffer buffer, int offset, int length) {
        long blocks = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            int from = (int) ((long) length * i / Long.BYTES);
            int to = (int) ((long) length * (i + 1) / Long.BYTES);
            blocks = blocks << 8 | (of(buffer, offset + from, to - from) & 0xff);
        }
        return blocks;
    }
}
