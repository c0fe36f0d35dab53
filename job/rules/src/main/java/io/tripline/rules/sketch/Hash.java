package io.tripline.rules.sketch;

/** Hashes of numbers that others choose, for sketches and orders that must not depend on who came first. */
public final class Hash {
    private Hash() {}

    /** A hash of two numbers; the same for ever, since what is stored is sorted by it. */
    public static long mix(long a, long b) {
        long hash = (a * 0xc2b2_ae3d_27d4_eb4fL ^ b) * 0x9e37_79b9_7f4a_7c15L;
        hash = (hash ^ hash >>> 32) * 0xd6e8_feb8_6659_fd93L;
        return hash ^ hash >>> 32;
    }
}
