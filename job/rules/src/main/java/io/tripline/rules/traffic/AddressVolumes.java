package io.tripline.rules.traffic;

import io.tripline.rules.sketch.AddressIndex;
import io.tripline.schemas.Address;
import java.util.Arrays;

/** Sums up what each address sent and received, for so many addresses exactly; the others are counted. Memory: 80 bytes an address. */
final class AddressVolumes {
    private static final int COLUMNS = 4;

    private final AddressIndex addresses;
    private long[] sums = new long[64 * COLUMNS];
    private long leftOut;

    AddressVolumes(int capacity) {
        addresses = new AddressIndex(capacity);
    }

    void sent(long high, long low, long packets, long bytes) {
        add(high, low, 0, packets, bytes);
    }

    void received(long high, long low, long packets, long bytes) {
        add(high, low, 2, packets, bytes);
    }

    private void add(long high, long low, int column, long packets, long bytes) {
        if (packets == 0 || (high == 0 && low == 0)) {
            return;
        }
        int index = addresses.indexOf(high, low);
        if (index < 0) {
            leftOut += packets;
            return;
        }
        if (index * COLUMNS >= sums.length) {
            sums = Arrays.copyOf(sums, sums.length * 2);
        }
        sums[index * COLUMNS + column] += packets;
        sums[index * COLUMNS + column + 1] += bytes;
    }

    int size() {
        return addresses.size();
    }

    Address address(int index) {
        return addresses.address(index);
    }

    Exchange exchange(int index) {
        int at = index * COLUMNS;
        return new Exchange(sums[at], sums[at + 1], sums[at + 2], sums[at + 3]);
    }

    /** Packets of addresses that found no room, each counted for its sender and its receiver. */
    long leftOut() {
        return leftOut;
    }

    /** Bytes that its tables take. */
    long bytes() {
        return 8L * sums.length + addresses.bytes();
    }

    void clear() {
        Arrays.fill(sums, 0, addresses.size() * COLUMNS, 0);
        addresses.clear();
        leftOut = 0;
    }
}
