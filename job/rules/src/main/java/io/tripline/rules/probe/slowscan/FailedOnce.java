package io.tripline.rules.probe.slowscan;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import io.tripline.schemas.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Which actors failed once, without room for each: two Bloom filters (Bloom, CACM 1970) that take turns. The older one is forgotten when the younger is
 * full or an hour old, so that an actor is known for one to two hours; under a flood of addresses for as long as it takes to fill one filter, at least.
 *
 * <p>Memory: 20 bits for each actor that fits, twice; nothing before the first one is added. An actor that was never added is taken for one that was with a
 * probability of 0.04 % at most (20 bits, 7 hashes, two filters).
 */
final class FailedOnce {
    private static final int BITS_EACH = 20;
    private static final int HASHES = 7;
    private static final long TURN_SECONDS = 3_600;
    private static final int MOST_WORDS = 1 << 23;

    private long @Nullable [] young;
    private long @Nullable [] old;
    private int added;
    private long since;

    boolean contains(Address actor) {
        return has(young, actor) || has(old, actor);
    }

    /**
     * Adds an actor.
     *
     * @param capacity so many fit into a filter
     */
    void add(Address actor, long second, int capacity) {
        long[] filter = young;
        if (filter == null || added >= capacity || second >= since + TURN_SECONDS) {
            // What was added more than an hour ago is not kept for longer because nothing came since.
            old = second >= since + 2 * TURN_SECONDS ? null : filter;
            filter = new long[(int) Math.max(1, ((long) capacity * BITS_EACH + 63) / 64)];
            young = filter;
            added = 0;
            since = second;
        }
        long hash = hash(actor);
        long step = step(hash);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash + i * step, filter);
            filter[bit >>> 6] |= 1L << bit;
        }
        added++;
    }

    boolean isEmpty() {
        return young == null;
    }

    private static boolean has(long @Nullable [] filter, Address actor) {
        if (filter == null) {
            return false;
        }
        long hash = hash(actor);
        long step = step(hash);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash + i * step, filter);
            if ((filter[bit >>> 6] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Enhanced double hashing would be no better with so few hashes (Kirsch and Mitzenmacher, ESA 2006). */
    private static long step(long hash) {
        return Hash.spread(hash) | 1;
    }

    private static int bit(long hash, long[] filter) {
        return (int) Math.multiplyHigh(hash >>> 1, filter.length * 128L);
    }

    private static long hash(Address actor) {
        return Hash.spread(actor.high() * 0x9E3779B97F4A7C15L + Hash.spread(actor.low()));
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(added);
        out.writeLong(since);
        write(young, out);
        write(old, out);
    }

    private static void write(long @Nullable [] filter, DataOutput out) throws IOException {
        out.writeInt(filter == null ? 0 : filter.length);
        if (filter != null) {
            for (long word : filter) {
                out.writeLong(word);
            }
        }
    }

    static FailedOnce read(DataInput in) throws IOException {
        FailedOnce once = new FailedOnce();
        once.added = in.readInt();
        once.since = in.readLong();
        once.young = readFilter(in);
        once.old = readFilter(in);
        return once;
    }

    private static long @Nullable [] readFilter(DataInput in) throws IOException {
        int words = Stored.readSize(in, MOST_WORDS, "words of a filter");
        if (words == 0) {
            return null;
        }
        long[] filter = new long[words];
        for (int i = 0; i < words; i++) {
            filter[i] = in.readLong();
        }
        return filter;
    }
}
