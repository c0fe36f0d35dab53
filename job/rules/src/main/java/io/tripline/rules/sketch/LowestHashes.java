package io.tripline.rules.sketch;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The things with the lowest hashes, at most so many: all of them while they are few, afterwards a fair sample that is the same whatever the order
 * in which they came (bottom-k; Cohen and Kaplan 2007). The lowest hash that was ever left out tells which share of all was kept.
 *
 * @param <E> what is kept of one; {@link Entry#merge} takes in another that has the same hash
 */
public final class LowestHashes<E extends LowestHashes.Entry<E>> {
    /** Something with a hash. */
    public interface Entry<E> {
        /** Evenly spread over all longs. */
        long hash();

        /** Adds what is known of the same thing from elsewhere; the same in any order. */
        void merge(E other);

        void write(DataOutput out) throws IOException;
    }

    /** Reads an entry as it was written. */
    public interface Reader<E> {
        E read(DataInput in) throws IOException;
    }

    private static final long NOTHING_LEFT_OUT = Long.MAX_VALUE;

    private final int capacity;
    private final TreeMap<Long, E> kept = new TreeMap<>();
    private long bound = NOTHING_LEFT_OUT;

    public LowestHashes(int capacity) {
        this.capacity = capacity;
    }

    /** Adds one thing; the entry belongs to this set from now on. */
    public void add(E entry) {
        if (entry.hash() >= bound) {
            return;
        }
        E known = kept.putIfAbsent(entry.hash(), entry);
        if (known != null) {
            known.merge(entry);
        } else if (kept.size() > capacity) {
            bound = kept.lastKey();
            kept.remove(bound);
        }
    }

    /** What is kept of the thing with this hash. */
    public @Nullable E get(long hash) {
        return kept.get(hash);
    }

    /** Adds all of another set, which is not to be used any more. */
    public void addAll(LowestHashes<E> other) {
        lower(other.bound);
        other.kept.values().forEach(this::add);
    }

    /** How much of what is here is in another set too, as far as both kept it. */
    public Overlap overlap(LowestHashes<E> other) {
        long limit = Math.min(bound, other.bound);
        long here = 0;
        long common = 0;
        for (long hash : kept.headMap(limit).keySet()) {
            here++;
            common += other.kept.containsKey(hash) ? 1 : 0;
        }
        return Overlap.of(common, here, other.kept.headMap(limit).size());
    }

    private void lower(long limit) {
        if (limit < bound) {
            bound = limit;
            SortedMap<Long, E> above = kept.tailMap(limit);
            above.clear();
        }
    }

    /** Forgets that anything was left out. */
    public void forgetLeftOut() {
        bound = NOTHING_LEFT_OUT;
    }

    /** The entries kept, by hash; entries may be removed. */
    public Collection<E> entries() {
        return kept.values();
    }

    /** Whether there were more than are kept. */
    public boolean sampled() {
        return bound != NOTHING_LEFT_OUT;
    }

    /** How many there were in all where so many are kept. */
    public long scaled(long count) {
        if (!sampled()) {
            return count;
        }
        long share = ((bound >>> 32) ^ 0x8000_0000L) + 1;
        return (count << 32) / share;
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(bound);
        out.writeInt(kept.size());
        for (E entry : kept.values()) {
            entry.write(out);
        }
    }

    public static <E extends Entry<E>> LowestHashes<E> read(DataInput in, int capacity, Reader<E> reader)
            throws IOException {
        LowestHashes<E> read = new LowestHashes<>(capacity);
        long bound = in.readLong();
        for (int i = Stored.readSize(in, capacity, "entries"); i > 0; i--) {
            read.add(reader.read(in));
        }
        read.lower(bound);
        return read;
    }
}
