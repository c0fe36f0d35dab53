package io.tripline.rules.sketch;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import io.tripline.schemas.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Distinct hosts: exact up to {@link #CAPACITY}, beyond it a sample by hash and an estimate (the same distinct sampling as
 * {@link io.tripline.rules.probe.ContactTable}). What it holds depends on the hosts alone, not on their order.
 *
 * <p>Open addressing with linear probing over primitive arrays, at most half full: a scan adds a host for each of its probes. Memory: 40 to 80
 * bytes a host.
 */
public final class HostSet {
    static final int CAPACITY = 4_096;

    /** Beyond it the set takes no more; only addresses computed to that end get there. */
    private static final int MAX_LEVEL = 30;

    private static final int SMALLEST = 8;

    /** Where a host stands in the table is nobody's business: chosen addresses cannot crowd one corner of it. */
    private static final long PLACE = new SecureRandom().nextLong() | 1;

    private long[] highs = new long[SMALLEST];
    private long[] lows = new long[SMALLEST];

    /** Smallest weight of the contacts that a host was met by; 0 where a slot is free. */
    private int[] weights = new int[SMALLEST];

    private int size;
    private int level;

    /**
     * Adds a host.
     *
     * @param weight how many contacts the one stands for by which it was met, at least 1
     */
    public void add(Address host, int weight) {
        long hash = Hash.mix(host.high(), host.low());
        if (Long.numberOfLeadingZeros(hash) < level) {
            return;
        }
        int at = find(host.high(), host.low(), hash);
        if (weights[at] > 0) {
            weights[at] = Math.min(weights[at], weight);
            return;
        }
        if (size == CAPACITY) {
            if (level < MAX_LEVEL) {
                level++;
                rehash(highs.length);
                add(host, weight);
            }
            return;
        }
        put(at, host.high(), host.low(), weight);
        if (size * 2 > highs.length) {
            rehash(highs.length * 2);
        }
    }

    private void put(int at, long high, long low, int weight) {
        highs[at] = high;
        lows[at] = low;
        weights[at] = weight;
        size++;
    }

    public boolean contains(Address host) {
        return weights[find(host.high(), host.low(), Hash.mix(host.high(), host.low()))] > 0;
    }

    /**
     * Number of distinct hosts; an estimate from below where {@link #approximate()} or contacts were sampled.
     *
     * @param services how many services were asked for; a host stands for no fewer others than its contact's weight by these
     */
    public long count(int services) {
        long count = 0;
        for (int weight : weights) {
            count += weight == 0 ? 0 : Math.max(1, weight / Math.max(1, services));
        }
        return count << level;
    }

    public boolean approximate() {
        return level > 0;
    }

    /** The lowest addresses kept, at most so many. */
    public List<Address> sample(int limit) {
        List<Address> sorted = sorted();
        return List.copyOf(sorted.subList(0, Math.min(limit, sorted.size())));
    }

    private List<Address> sorted() {
        List<Address> hosts = new ArrayList<>(size);
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                hosts.add(new Address(highs[i], lows[i]));
            }
        }
        Collections.sort(hosts);
        return hosts;
    }

    /** The slot of a host, or the free one where it would be. */
    private int find(long high, long low, long hash) {
        int mask = highs.length - 1;
        int at = (int) (Math.multiplyHigh(hash, PLACE) ^ hash * PLACE) & mask;
        while (weights[at] > 0 && (lows[at] != low || highs[at] != high)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /** Keeps what the sample still holds, in arrays of the given length. */
    private void rehash(int length) {
        long[] oldHighs = highs;
        long[] oldLows = lows;
        int[] oldWeights = weights;
        highs = new long[length];
        lows = new long[length];
        weights = new int[length];
        size = 0;
        for (int i = 0; i < oldWeights.length; i++) {
            long hash = Hash.mix(oldHighs[i], oldLows[i]);
            if (oldWeights[i] > 0 && Long.numberOfLeadingZeros(hash) >= level) {
                put(find(oldHighs[i], oldLows[i], hash), oldHighs[i], oldLows[i], oldWeights[i]);
            }
        }
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(level);
        out.writeInt(size);
        for (Address host : sorted()) {
            out.writeLong(host.high());
            out.writeLong(host.low());
            out.writeInt(weights[find(host.high(), host.low(), Hash.mix(host.high(), host.low()))]);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what no set can hold
     */
    public static HostSet read(DataInput in) throws IOException {
        HostSet set = new HostSet();
        set.level = Stored.readSize(in, MAX_LEVEL, "zero bits of a hash");
        for (int i = Stored.readSize(in, CAPACITY, "hosts"); i > 0; i--) {
            Address host = new Address(in.readLong(), in.readLong());
            int weight = in.readInt();
            if (weight < 1) {
                throw new IOException("host of weight " + weight);
            }
            set.add(host, weight);
        }
        return set;
    }
}
