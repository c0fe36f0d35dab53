package io.tripline.job.detect;

import io.tripline.job.activity.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Distinct hosts: exact up to {@link #CAPACITY}, beyond it a sample by hash and an estimate (the same distinct sampling as
 * {@link io.tripline.job.activity.ContactTable}). What it holds depends on the hosts alone, not on their order.
 */
final class HostSet {
    static final int CAPACITY = 4_096;

    /** Beyond it the set takes no more; only addresses computed to that end get there. */
    private static final int MAX_LEVEL = 30;

    /** Hosts kept, with the smallest weight of the contacts that they were met by. */
    private final Map<Address, Integer> hosts = new HashMap<>();

    private int level;

    /** The host added last and its weight, while it is kept: contacts of one host mostly come together. */
    private @Nullable Address last;

    private int lastWeight;

    /**
     * Adds a host.
     *
     * @param weight how many contacts the one stands for by which it was met
     */
    void add(Address host, int weight) {
        if ((host.equals(last) && weight >= lastWeight) || !sampled(host)) {
            return;
        }
        last = host;
        lastWeight = hosts.merge(host, weight, Math::min);
        while (hosts.size() > CAPACITY && level < MAX_LEVEL) {
            level++;
            hosts.keySet().removeIf(kept -> !sampled(kept));
            last = null;
        }
        if (hosts.size() > CAPACITY) {
            hosts.remove(host);
            last = null;
        }
    }

    boolean contains(Address host) {
        return hosts.containsKey(host);
    }

    /**
     * Number of distinct hosts; an estimate from below where {@link #approximate()} or contacts were sampled.
     *
     * @param services how many services were asked for; a host stands for no fewer others than its contact's weight by these
     */
    long count(int services) {
        long count = 0;
        for (int weight : hosts.values()) {
            count += Math.max(1, weight / Math.max(1, services));
        }
        return count << level;
    }

    boolean approximate() {
        return level > 0;
    }

    /** The lowest addresses kept, at most so many. */
    List<Address> sample(int limit) {
        return hosts.keySet().stream().sorted().limit(limit).toList();
    }

    private boolean sampled(Address host) {
        long hash = (host.high() * 0xc2b2_ae3d_27d4_eb4fL ^ host.low()) * 0x9e37_79b9_7f4a_7c15L;
        hash = (hash ^ hash >>> 32) * 0xd6e8_feb8_6659_fd93L;
        return Long.numberOfLeadingZeros(hash ^ hash >>> 32) >= level;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(level);
        out.writeInt(hosts.size());
        for (Address host : hosts.keySet().stream().sorted().toList()) {
            out.writeLong(host.high());
            out.writeLong(host.low());
            out.writeInt(hosts.getOrDefault(host, 1));
        }
    }

    static HostSet read(DataInput in) throws IOException {
        HostSet set = new HostSet();
        set.level = Stored.readSize(in, MAX_LEVEL, "zero bits of a hash");
        for (int i = Stored.readSize(in, CAPACITY, "hosts"); i > 0; i--) {
            set.hosts.put(new Address(in.readLong(), in.readLong()), in.readInt());
        }
        return set;
    }
}
