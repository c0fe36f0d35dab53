package io.tripline.rules.sketch;

import io.tripline.schemas.Address;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Numbers addresses from 0 in the order in which they come, up to a capacity, without an object for each. Open addressing with linear
 * probing, at most half full; both halves of an address lie side by side.
 */
public final class AddressIndex {
    /** Unknown to who chooses addresses, so that they cannot crowd one corner of the table. */
    private static final long SALT = new SecureRandom().nextLong() | 1;

    private final int capacity;
    private long[] addresses = new long[128];
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
        return new Address(addresses[2 * index], addresses[2 * index + 1]);
    }

    /** The number of an address; -1 where it has none. */
    int known(long high, long low) {
        return slots[slotOf(high, low)];
    }

    /** The number of an address, a new one if need be; -1 where it is not known and there is no room. */
    public int indexOf(long high, long low) {
        int slot = slotOf(high, low);
        int index = slots[slot];
        return index >= 0 ? index : add(high, low, slot);
    }

    /** Where the number of an address stands, or would. */
    private int slotOf(long high, long low) {
        long[] known = addresses;
        int[] table = slots;
        int mask = table.length - 1;
        int slot = hash(high, low) & mask;
        for (int index = table[slot]; index >= 0; index = table[slot]) {
            if (known[2 * index + 1] == low && known[2 * index] == high) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int add(long high, long low, int slot) {
        if (size == capacity) {
            return -1;
        }
        if (2 * size == addresses.length) {
            grow();
            return add(high, low, slotOf(high, low));
        }
        addresses[2 * size] = high;
        addresses[2 * size + 1] = low;
        slots[slot] = size;
        return size++;
    }

    /** Bytes that its tables take. */
    public long bytes() {
        return 8L * addresses.length + 4L * slots.length;
    }

    public void clear() {
        size = 0;
        Arrays.fill(slots, -1);
    }

    private void grow() {
        addresses = Arrays.copyOf(addresses, 2 * addresses.length);
        slots = new int[addresses.length];
        Arrays.fill(slots, -1);
        for (int index = 0; index < size; index++) {
            slots[slotOf(addresses[2 * index], addresses[2 * index + 1])] = index;
        }
    }

    private static int hash(long high, long low) {
        long h = low * 0x9e37_79b9_7f4a_7c15L ^ Long.rotateLeft(high * 0xc2b2_ae3d_27d4_eb4fL, 31);
        return (int) (Math.multiplyHigh(h, SALT) ^ h * SALT);
    }
}
