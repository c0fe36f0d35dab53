package io.tripline.rules.probe;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Targets and services that incidents about one minute are about, or were until lately: what an actor tries there is no scan of its own. At most
 * {@link #KEPT} of each; of who has more, everything is covered. About 100 bytes each.
 */
public final class Covered {
    static final int KEPT = 32;

    private final Map<Address, Long> targets = new TreeMap<>();
    private final Map<Integer, Long> services = new TreeMap<>();
    private long allUntil = Long.MIN_VALUE;

    /** Covers by target or service what the contact is about, until the given second. */
    public void note(Coverage coverage, Contact contact, long until) {
        switch (coverage) {
            case NONE -> {}
            case TARGET -> note(targets, contact.target(), until);
            case SERVICE -> note(services, contact.service(), until);
        }
    }

    private <K> void note(Map<K, Long> kept, K key, long until) {
        if (kept.containsKey(key) || kept.size() < KEPT) {
            kept.merge(key, until, Math::max);
        } else {
            allUntil = Math.max(allUntil, until);
        }
    }

    public boolean has(Contact contact, long second) {
        return allUntil > second
                || (!targets.isEmpty() && targets.getOrDefault(contact.target(), Long.MIN_VALUE) > second)
                || (!services.isEmpty() && services.getOrDefault(contact.service(), Long.MIN_VALUE) > second);
    }

    public void expire(long second) {
        targets.values().removeIf(until -> until <= second);
        services.values().removeIf(until -> until <= second);
        if (allUntil <= second) {
            allUntil = Long.MIN_VALUE;
        }
    }

    public int size() {
        return targets.size() + services.size();
    }

    public boolean isEmpty() {
        return size() == 0 && allUntil == Long.MIN_VALUE;
    }

    /** The second in which the first of them is over; {@link Long#MAX_VALUE} where there is none. */
    public long next() {
        long next = allUntil == Long.MIN_VALUE ? Long.MAX_VALUE : allUntil;
        for (long until : targets.values()) {
            next = Math.min(next, until);
        }
        for (long until : services.values()) {
            next = Math.min(next, until);
        }
        return next;
    }

    public void write(DataOutput out) throws IOException {
        out.writeShort(targets.size());
        for (Map.Entry<Address, Long> target : targets.entrySet()) {
            out.writeLong(target.getKey().high());
            out.writeLong(target.getKey().low());
            out.writeLong(target.getValue());
        }
        out.writeShort(services.size());
        for (Map.Entry<Integer, Long> service : services.entrySet()) {
            out.writeInt(service.getKey());
            out.writeLong(service.getValue());
        }
        out.writeBoolean(allUntil != Long.MIN_VALUE);
        if (allUntil != Long.MIN_VALUE) {
            out.writeLong(allUntil);
        }
    }

    public static Covered read(DataInput in) throws IOException {
        Covered covered = new Covered();
        for (int i = readSize(in, "targets"); i > 0; i--) {
            covered.targets.put(new Address(in.readLong(), in.readLong()), in.readLong());
        }
        for (int i = readSize(in, "services"); i > 0; i--) {
            covered.services.put(in.readInt(), in.readLong());
        }
        covered.allUntil = in.readBoolean() ? in.readLong() : Long.MIN_VALUE;
        return covered;
    }

    private static int readSize(DataInput in, String what) throws IOException {
        return Stored.checked(in.readShort(), KEPT, what + " of incidents about one minute");
    }
}
