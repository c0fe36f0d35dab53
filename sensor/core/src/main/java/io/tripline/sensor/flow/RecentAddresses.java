package io.tripline.sensor.flow;

/**
 * Remembers a value for each of a bounded number of (address, tag) pairs; the one unused longest in a set of four
 * gives way.
 */
final class RecentAddresses {
    private static final int WAYS = 4;
    private static final int WORDS = 5;

    private final long[] words;
    private final int setMask;
    private long uses;

    /** Room for so many pairs; a power of two. */
    RecentAddresses(int capacity) {
        words = new long[capacity * WORDS];
        setMask = capacity / WAYS - 1;
    }

    /** The value last given for the pair; 0 where there is none. */
    long get(long high, long low, int tag) {
        int at = find(high, low, tag);
        return at < 0 ? 0 : words[at + 3];
    }

    /** Remembers a value other than 0. */
    void put(long high, long low, int tag, long value) {
        int at = find(high, low, tag);
        if (at < 0) {
            at = oldest(high, low, tag);
        }
        words[at] = high;
        words[at + 1] = low;
        words[at + 2] = tag;
        words[at + 3] = value;
        words[at + 4] = ++uses;
    }

    private int find(long high, long low, int tag) {
        int first = set(high, low, tag);
        for (int at = first; at < first + WAYS * WORDS; at += WORDS) {
            if (words[at + 4] != 0 && words[at + 1] == low && words[at] == high && words[at + 2] == tag) {
                return at;
            }
        }
        return -1;
    }

    private int oldest(long high, long low, int tag) {
        int first = set(high, low, tag);
        int oldest = first;
        for (int at = first; at < first + WAYS * WORDS; at += WORDS) {
            if (words[at + 4] < words[oldest + 4]) {
                oldest = at;
            }
        }
        return oldest;
    }

    private int set(long high, long low, int tag) {
        long hash = ((low * 0x9e37_79b9_7f4a_7c15L) ^ (high * 0xbf58_476d_1ce4_e5b9L)) + tag * 0x94d0_49bb_1331_11ebL;
        hash = (hash ^ (hash >>> 32)) * 0xbf58_476d_1ce4_e5b9L;
        return ((int) (hash >>> 32) & setMask) * WAYS * WORDS;
    }
}
