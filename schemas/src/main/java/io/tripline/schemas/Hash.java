package io.tripline.schemas;

/**
 * Hashes of numbers that others choose, for samples, sketches and orders that must not depend on who came first. The
 * same for ever and in every process: what is stored and what is merged was chosen by them. None is secret; where who
 * sends could gain from collisions, the reader salts.
 */
public final class Hash {
    private static final long GOLDEN_RATIO = 0x9e37_79b9_7f4a_7c15L;
    private static final long MULTIPLIER = 0xd6e8_feb8_6659_fd93L;

    private Hash() {}

    /** Of two numbers, of which the order matters; an address is two of them. */
    public static long mix(long first, long second) {
        long hash = (first * 0xc2b2_ae3d_27d4_eb4fL ^ second) * GOLDEN_RATIO;
        hash = (hash ^ hash >>> 32) * MULTIPLIER;
        return hash ^ hash >>> 32;
    }

    /**
     * One to one, every bit moves about half of the others: the finaliser of SplitMix64 (G. L. Steele, D. Lea, C. H.
     * Flood, OOPSLA 2014).
     */
    public static long spread(long number) {
        long hash = (number ^ number >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d0_49bb_1331_11ebL;
        return hash ^ hash >>> 31;
    }

    /** The state of a digest that begins with {@link #start}, after one more word. */
    public static long append(long state, long word) {
        return Long.rotateLeft((state ^ word) * MULTIPLIER, 29) * GOLDEN_RATIO;
    }

    /** The state of a digest of nothing. */
    public static long start() {
        return GOLDEN_RATIO;
    }

    /** Spreads what {@link #append} made: its lowest bits alone would tell little of the last words. One to one. */
    public static long finish(long state) {
        long hash = (state ^ state >>> 32) * MULTIPLIER;
        hash = (hash ^ hash >>> 32) * MULTIPLIER;
        return hash ^ hash >>> 32;
    }
}
