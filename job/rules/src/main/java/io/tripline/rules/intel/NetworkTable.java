package io.tripline.rules.intel;

import io.tripline.schemas.Hash;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Networks of one address family, numbered from 0, without an object for each. Open addressing with linear probing, at most half full; a look-up
 * asks once for each prefix length that occurs, the longest first.
 *
 * <p>Memory of a million networks: 20 MB for IPv4, 28 MB for IPv6.
 */
final class NetworkTable implements Serializable {
    private static final long serialVersionUID = 1;

    private final boolean wide;
    private long[] highs;
    private long[] lows = new long[16];
    private short[] lengths = new short[16];
    private short[] lists = new short[16];
    private int[] slots = new int[32];
    private int size;

    /** How many networks have each prefix length, counted in 128 bits. */
    private final int[] byLength = new int[129];

    private int[] present = new int[0];

    /** For addresses of 128 bits, or of those whose upper half is 0. */
    NetworkTable(boolean wide) {
        this.wide = wide;
        this.highs = new long[wide ? 16 : 0];
        Arrays.fill(slots, -1);
    }

    int size() {
        return size;
    }

    long high(int network) {
        return wide ? highs[network] : 0;
    }

    long low(int network) {
        return lows[network];
    }

    /** Bits of 128. */
    int length(int network) {
        return lengths[network];
    }

    int list(int network) {
        return lists[network];
    }

    /** Adds a network by its lowest address; false where it is there already. */
    boolean add(long high, long low, int length, int list) {
        if (slot(high, low, length) >= 0) {
            return false;
        }
        if (size == lows.length) {
            grow();
        }
        lows[size] = low;
        if (wide) {
            highs[size] = high;
        }
        lengths[size] = (short) length;
        lists[size] = (short) list;
        place(size++);
        if (byLength[length]++ == 0) {
            present = Arrays.copyOf(present, present.length + 1);
            present[present.length - 1] = length;
            Arrays.sort(present);
        }
        return true;
    }

    /** The longest network in which an address lies; -1 where there is none. */
    int find(long high, long low) {
        for (int i = present.length - 1; i >= 0; i--) {
            int length = present[i];
            int found = slot(high & mask(length), low & mask(length - Long.SIZE), length);
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }

    /** A long whose so many upper bits are set; none for a number below 1, all from 64 on. */
    static long mask(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= Long.SIZE ? -1L : -1L << (Long.SIZE - bits);
    }

    private int slot(long high, long low, int length) {
        int at = hash(high, low, length) & (slots.length - 1);
        for (int network = slots[at]; network >= 0; network = slots[at]) {
            if (lows[network] == low && lengths[network] == length && high(network) == high) {
                return network;
            }
            at = (at + 1) & (slots.length - 1);
        }
        return -1;
    }

    private void place(int network) {
        int at = hash(high(network), lows[network], lengths[network]) & (slots.length - 1);
        while (slots[at] >= 0) {
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = network;
    }

    private void grow() {
        int capacity = size + (size >> 1);
        lows = Arrays.copyOf(lows, capacity);
        highs = wide ? Arrays.copyOf(highs, capacity) : highs;
        lengths = Arrays.copyOf(lengths, capacity);
        lists = Arrays.copyOf(lists, capacity);
        if (slotsFor(capacity) > slots.length) {
            rehash(slotsFor(capacity));
        }
    }

    /** A power of two, so that at most half of them are taken. */
    static int slotsFor(int entries) {
        return Math.max(32, Integer.highestOneBit(Math.max(1, entries * 2 - 1)) << 1);
    }

    private void rehash(int count) {
        slots = new int[count];
        Arrays.fill(slots, -1);
        for (int network = 0; network < size; network++) {
            place(network);
        }
    }

    /** Gives back what growing took in advance. */
    void trim() {
        lows = Arrays.copyOf(lows, size);
        highs = wide ? Arrays.copyOf(highs, size) : highs;
        lengths = Arrays.copyOf(lengths, size);
        lists = Arrays.copyOf(lists, size);
        if (slotsFor(size) < slots.length) {
            rehash(slotsFor(size));
        }
    }

    /** Bytes of all arrays. */
    long bytes() {
        return 8L * (lows.length + highs.length) + 2L * (lengths.length + lists.length) + 4L * slots.length;
    }

    private static int hash(long high, long low, int length) {
        return (int) Hash.mix(high ^ length, low);
    }
}
