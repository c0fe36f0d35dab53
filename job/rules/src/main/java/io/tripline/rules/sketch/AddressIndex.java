package io.tripline.rules.sketch;

import io.tripline.schemas.Address;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Numbers addresses from 0 in the order in which they come, up to a capacity, without an object for each. Open addressing with linear
 * probing over two long arrays; at most half full.
 */
public final class AddressIndex {
    /** Unknown to who chooses addresses, so that they cannot crowd one corner of the table. */
    private static final long SALT = new SecureRandom().nextLong() | 1;

    private final int capacity;
    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private int[] slots = new int[128];
    private int size;

    public AddressIndex(int capacity) {
        this.capacity = capacity;
        Arrays.fill(slots, -1);
    }

    public int size() {
        return size;
    }

    public Address address(int index) {
        return new Address(highs[index], lows[index]);
    }

    /** The number of an address; -1 where it has none. */
    int known(long high, long low) {
        int mask = slots.length - 1;
        int at = hash(high, low) & mask;
        for (int index = slots[at]; index >= 0; index = slots[at]) {
            if (lows[index] == low && highs[index] == high) {
                return index;
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    /** The number of an address, a new one if need be; -1 where it is not known and there is no room. */
    public int indexOf(long high, long low) {
        int mask = slots.length - 1;
        int at = hash(high, low) & mask;
        for (int index = slots[at]; index >= 0; index = slots[at]) {
            if (lows[index] == low && highs[index] == high) {
                return index;
            }
            at = (at + 1) & mask;
        }
        if (size == capacity) {
            return -1;
        }
        if (size == highs.length) {
            grow();
            return indexOf(high, low);
        }
        highs[size] = high;
        lows[size] = low;
        slots[at] = size;
        return size++;
    }

    /** Bytes that its tables take. */
    public long bytes() {
        return 16L * highs.length + 4L * slots.length;
    }

    public void clear() {
        size = 0;
        Arrays.fill(slots, -1);
    }

    private void grow() {
        highs = Arrays.copyOf(highs, size * 2);
        lows = Arrays.copyOf(lows, size * 2);
        slots = new int[size * 4];
        Arrays.fill(slots, -1);
        int mask = slots.length - 1;
        for (int index = 0; index < size; index++) {
            int at = hash(highs[index], lows[index]) & mask;
            while (slots[at] >= 0) {
                at = (at + 1) & mask;
            }
            slots[at] = index;
        }
    }

    private static int hash(long high, long low) {
        long h = low * 0x9e37_79b9_7f4a_7c15L ^ Long.rotateLeft(high * 0xc2b2_ae3d_27d4_eb4fL, 31);
        return (int) (Math.multiplyHigh(h, SALT) ^ h * SALT);
    }
}
