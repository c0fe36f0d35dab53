package io.tripline.rules.engine;

/**
 * Shares keys out among threads, or instances of an operator: first by hash among {@value #GROUPS} groups, which move as a whole, then groups in
 * ranges. The hash is MurmurHash3's for 32 bits (A. Appleby, 2011) and the ranges are those of Flink, so that limits that are shared out by group hold for
 * the same subjects with and without it.
 */
public final class KeyGroups {
    /** It bounds the number of shares for ever, since stored state is cut along groups. */
    public static final int GROUPS = 720;

    private KeyGroups() {}

    /** The group of a key, by its {@code hashCode}. */
    public static int of(Object key) {
        int hash = key.hashCode() * 0xcc9e2d51;
        hash = Integer.rotateLeft(hash, 15) * 0x1b873593;
        hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
        hash ^= Integer.BYTES;
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        hash ^= hash >>> 16;
        return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % GROUPS;
    }

    /** The share of a key among so many. */
    public static int share(Object key, int shares) {
        return of(key) * shares / GROUPS;
    }

    /** The lowest group of a share among so many; of the number of shares, one past the last group. */
    public static int first(int share, int shares) {
        return (share * GROUPS + shares - 1) / shares;
    }
}
