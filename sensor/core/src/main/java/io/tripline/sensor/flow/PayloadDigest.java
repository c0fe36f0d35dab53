package io.tripline.sensor.flow;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * A 64-bit digest of bytes: words of eight, each mixed in by multiplication and rotation, the length and a final
 * avalanche at the end. It tells payloads apart that nobody chose to collide; it is no secret and no proof, and every
 * sensor computes the same.
 */
final class PayloadDigest {
    private static final long FIRST = 0x9e37_79b9_7f4a_7c15L;
    private static final long SECOND = 0xd6e8_feb8_6659_fd93L;

    private PayloadDigest() {}

    /** Never 0, which stands for no bytes; 0 where there are none. */
    static long of(DirectBuffer buffer, int offset, int length) {
        if (length <= 0) {
            return 0;
        }
        long state = FIRST ^ length;
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            state = mix(state, buffer.getLong(offset + at, LITTLE_ENDIAN));
        }
        long rest = 0;
        for (; at < length; at++) {
            rest = rest << 8 | (buffer.getByte(offset + at) & 0xff);
        }
        long digest = avalanche(mix(state, rest));
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

    private static long mix(long state, long word) {
        return Long.rotateLeft((state ^ word) * SECOND, 29) * FIRST;
    }

    private static long avalanche(long value) {
        long mixed = (value ^ value >>> 32) * SECOND;
        mixed = (mixed ^ mixed >>> 32) * SECOND;
        return mixed ^ mixed >>> 32;
    }
}
