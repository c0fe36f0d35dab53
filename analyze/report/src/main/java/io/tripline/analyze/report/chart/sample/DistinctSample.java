package io.tripline.analyze.report.chart.sample;

import java.util.Collection;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Things by a hash of them: all while they are few, beyond a capacity those whose hash begins with enough zero bits.
 * Which are kept depends on the things alone, not on their order, and what is kept was kept from its first time on. P.
 * B. Gibbons, "Distinct Sampling for Highly-Accurate Answers to Distinct Values Queries", VLDB 2001.
 *
 * <p>Cost: a comparison for what is left out, a look-up for what is kept. Nothing is allocated but for what is kept.
 *
 * @param <E> what is kept of one
 */
final class DistinctSample<E> {
    /** Nobody has so many things; whoever computes hashes with so many zeros finds no room. */
    private static final int HIGHEST_LEVEL = 40;

    private final int capacity;
    private final Long2ObjectHashMap<E> kept = new Long2ObjectHashMap<>(8, 0.65f);
    private int level;

    DistinctSample(int capacity) {
        this.capacity = capacity;
    }

    /** Whether a thing with this hash has a place as things stand. */
    boolean takes(long hash) {
        return Long.numberOfLeadingZeros(hash) >= level;
    }

    @Nullable
    E get(long hash) {
        return kept.get(hash);
    }

    /** Keeps a thing that it {@link #takes}; others may go for it, or it may go itself. */
    void put(long hash, E thing) {
        kept.put(hash, thing);
        while (kept.size() > capacity && level < HIGHEST_LEVEL) {
            level++;
            kept.keySet().removeIf(hashOfKept -> !takes(hashOfKept));
        }
        if (kept.size() > capacity) {
            kept.remove(hash);
        }
    }

    int size() {
        return kept.size();
    }

    /** Whether there were more than are kept. */
    boolean sampled() {
        return level > 0;
    }

    /** How many different things there were; an estimate where they are sampled. */
    long distinct() {
        return (long) kept.size() << level;
    }

    /** In no particular order. */
    Collection<E> things() {
        return kept.values();
    }
}
