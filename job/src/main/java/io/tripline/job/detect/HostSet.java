package io.tripline.job.detect;

import io.tripline.job.activity.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Distinct hosts: exact up to {@link #CAPACITY}, beyond it a sample by hash and an estimate (the same distinct sampling as
 * {@link io.tripline.job.activity.ContactTable}). What it holds depends on the hosts alone, not on their order.
 */
final class HostSet {
    static final int CAPACITY = 4_096;

    /** Beyond it the set takes no more; only addresses computed to that end get there. */
    private static final int MAX_LEVEL = 30;

    private final SortedSet<Address> hosts = new TreeSet<>();
    private int level;

    void add(Address host) {
        if (sampled(host) && hosts.add(host)) {
            while (hosts.size() > CAPACITY && level < MAX_LEVEL) {
                level++;
                hosts.removeIf(kept -> !sampled(kept));
            }
            if (hosts.size() > CAPACITY) {
                hosts.remove(host);
            }
        }
    }

    boolean contains(Address host) {
        return hosts.contains(host);
    }

    /** Number of distinct hosts; an estimate where {@link #approximate()}. */
    long count() {
        return (long) hosts.size() << level;
    }

    boolean approximate() {
        return level > 0;
    }

    /** The lowest addresses kept, at most so many. */
    List<Address> sample(int limit) {
        return new ArrayList<>(hosts).subList(0, Math.min(limit, hosts.size()));
    }

    private boolean sampled(Address host) {
        long hash = (host.high() * 0xc2b2_ae3d_27d4_eb4fL ^ host.low()) * 0x9e37_79b9_7f4a_7c15L;
        hash = (hash ^ hash >>> 32) * 0xd6e8_feb8_6659_fd93L;
        return Long.numberOfLeadingZeros(hash ^ hash >>> 32) >= level;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(level);
        out.writeInt(hosts.size());
        for (Address host : hosts) {
            out.writeLong(host.high());
            out.writeLong(host.low());
        }
    }

    static HostSet read(DataInput in) throws IOException {
        HostSet set = new HostSet();
        set.level = Stored.readSize(in, MAX_LEVEL, "zero bits of a hash");
        for (int i = Stored.readSize(in, CAPACITY, "hosts"); i > 0; i--) {
            set.hosts.add(new Address(in.readLong(), in.readLong()));
        }
        return set;
    }
}
