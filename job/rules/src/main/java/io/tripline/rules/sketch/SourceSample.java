package io.tripline.rules.sketch;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import io.tripline.schemas.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many sources there are, how many of them sent one packet only, which sent most, in bounded memory.
 *
 * <p>Exact up to its capacity. Beyond it, a uniform sample of the distinct sources: kept are those whose hash begins with at least {@code
 * level} zero bits, each with its exact number of packets. Which are kept depends on the sources alone, never on order or on how they were
 * split and merged. Distinct sampling, P. B. Gibbons, "Distinct Sampling for Highly-Accurate Answers to Distinct Values Queries", VLDB 2001.
 * A cardinality sketch gives the first figure more exactly, but neither the second nor any address.
 *
 * <p>Relative error of counts about 1/sqrt(capacity / 2). Cost: one hash and usually one probe of an array for each packet, a hash alone for
 * a source that the sample leaves out. Memory: 24 bytes a slot, at most twice the capacity; the first source takes no array.
 */
public final class SourceSample {
    /** A source with its packets. */
    public record Source(Address address, long packets) {}

    private static final int SMALLEST = 4;

    private static final int COLUMNS = 3;
    private static final int PACKETS = 2;

    /** Sources that get this far are too many only where somebody computed them; then the sample takes no more. */
    private static final int MAX_LEVEL = 40;

    /** Where a source stands in the array cannot be foreseen by who chooses addresses. */
    private static final long PLACE = new SecureRandom().nextLong() | 1;

    private final int capacity;

    /** Address and packets of one source after the other, so that a look-up touches one place in memory; no packets where a slot is free. */
    private long[] slots = {};

    private long firstHigh;
    private long firstLow;
    private long firstPackets;
    private int size;
    private int level;

    /** A sample of at most so many sources, a power of 2 from 4. */
    public SourceSample(int capacity) {
        if (capacity < SMALLEST || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity: " + capacity + ", must be a power of 2 from " + SMALLEST);
        }
        this.capacity = capacity;
    }

    /** Adds packets of a source. */
    public void add(long high, long low, long morePackets) {
        if (slots.length == 0) {
            if (firstPackets == 0 && level == 0) {
                firstHigh = high;
                firstLow = low;
                size = 1;
            }
            if (firstPackets == 0 ? level == 0 : high == firstHigh && low == firstLow) {
                firstPackets += morePackets;
                return;
            }
            spread();
        }
        long hash = hash(high, low);
        if (Long.numberOfLeadingZeros(hash) < level) {
            return;
        }
        int at = find(high, low, hash);
        if (slots[at + PACKETS] == 0) {
            if (size == capacity) {
                if (level == MAX_LEVEL) {
                    return;
                }
                raiseLevel();
                add(high, low, morePackets);
                return;
            }
            slots[at] = high;
            slots[at + 1] = low;
            size++;
        }
        slots[at + PACKETS] += morePackets;
        if (size * 2 * COLUMNS > slots.length) {
            rehash(slots.length * 2);
        }
    }

    /** Adds all of another sample; the other is left as it is. */
    public void merge(SourceSample other) {
        raiseTo(other.level);
        other.forEach(this::add);
    }

    /**
     * Adds the sample of another sensor: each source has the larger of both counts. Tells how much of it is the same, by the packets of sources that
     * both kept. Exact where sources are few, and where sensors saw the same sources or none in common, however many; in between as exact as the sample.
     * A source that sends half its packets past each sensor cannot be told from one whose packets pass both.
     */
    public Overlap combine(SourceSample other) {
        int lowest = Math.max(level, other.level);
        long[] sums = new long[3];
        forEach((high, low, count) -> {
            if (isKept(high, low, lowest)) {
                sums[0] += count;
                sums[2] += Math.min(count, other.packetsOf(high, low));
            }
        });
        other.forEach((high, low, count) -> sums[1] += isKept(high, low, lowest) ? count : 0);
        raiseTo(other.level);
        other.forEach((high, low, count) -> {
            long more = count - packetsOf(high, low);
            if (more > 0) {
                add(high, low, more);
            }
        });
        return Overlap.of(sums[2], sums[0], sums[1]);
    }

    private static boolean isKept(long high, long low, int level) {
        return Long.numberOfLeadingZeros(hash(high, low)) >= level;
    }

    private long packetsOf(long high, long low) {
        if (slots.length == 0) {
            return high == firstHigh && low == firstLow ? firstPackets : 0;
        }
        return slots[find(high, low, hash(high, low)) + PACKETS];
    }

    private void raiseTo(int least) {
        if (least > level) {
            if (slots.length == 0) {
                spread();
            }
            while (level < least) {
                raiseLevel();
            }
        }
    }

    private interface Visitor {
        void visit(long high, long low, long packets);
    }

    private void forEach(Visitor visitor) {
        if (slots.length == 0) {
            if (firstPackets > 0) {
                visitor.visit(firstHigh, firstLow, firstPackets);
            }
            return;
        }
        for (int at = 0; at < slots.length; at += COLUMNS) {
            if (slots[at + PACKETS] > 0) {
                visitor.visit(slots[at], slots[at + 1], slots[at + PACKETS]);
            }
        }
    }

    /** Sources, estimated where {@link #approximate}. */
    public long distinct() {
        return (long) size << level;
    }

    public boolean approximate() {
        return level > 0;
    }

    /** Sources kept. */
    public int kept() {
        return size;
    }

    /** Share of the sources that sent a single packet, percent. */
    public int singlePercent() {
        long[] single = {0};
        forEach((high, low, count) -> single[0] += count == 1 ? 1 : 0);
        return size == 0 ? 0 : (int) (single[0] * 100 / size);
    }

    /** Sources kept, that with most packets first, then by address. */
    public List<Source> busiest() {
        List<Source> all = new ArrayList<>(size);
        forEach((high, low, count) -> all.add(new Source(new Address(high, low), count)));
        all.sort(Comparator.comparingLong(Source::packets).reversed().thenComparing(Source::address));
        return all;
    }

    public void write(DataOutput out) throws IOException {
        out.writeByte(level);
        out.writeInt(size);
        for (Source source : busiest()) {
            out.writeLong(source.address().high());
            out.writeLong(source.address().low());
            out.writeLong(source.packets());
        }
    }

    /** Reads what {@link #write} wrote. */
    public static SourceSample read(DataInput in, int capacity) throws IOException {
        SourceSample sample = new SourceSample(capacity);
        int level = in.readUnsignedByte();
        int size = Stored.readSize(in, capacity, "sources");
        if (level > MAX_LEVEL) {
            throw new IOException("sample of sources at level " + level);
        }
        if (level > 0) {
            sample.spread();
            sample.level = level;
        }
        for (int i = 0; i < size; i++) {
            long high = in.readLong();
            long low = in.readLong();
            long count = in.readLong();
            if (count <= 0) {
                throw new IOException("source with " + count + " packets");
            }
            sample.add(high, low, count);
        }
        return sample;
    }

    private void spread() {
        slots = new long[SMALLEST * COLUMNS];
        size = 0;
        if (firstPackets > 0) {
            add(firstHigh, firstLow, firstPackets);
        }
    }

    /** Where in {@link #slots} a source stands, or would. */
    private int find(long high, long low, long hash) {
        int mask = slots.length / COLUMNS - 1;
        int slot = (int) (Math.multiplyHigh(hash, PLACE) ^ hash * PLACE) & mask;
        int at = slot * COLUMNS;
        while (slots[at + PACKETS] != 0 && (slots[at + 1] != low || slots[at] != high)) {
            slot = (slot + 1) & mask;
            at = slot * COLUMNS;
        }
        return at;
    }

    private void raiseLevel() {
        level++;
        rehash(slots.length);
    }

    private void rehash(int length) {
        long[] old = slots;
        slots = new long[length];
        size = 0;
        for (int from = 0; from < old.length; from += COLUMNS) {
            long hash = hash(old[from], old[from + 1]);
            if (old[from + PACKETS] > 0 && Long.numberOfLeadingZeros(hash) >= level) {
                System.arraycopy(old, from, slots, find(old[from], old[from + 1], hash), COLUMNS);
                size++;
            }
        }
    }

    /** Equal in every process: samples that merge must leave out equal sources. */
    private static long hash(long high, long low) {
        return Hash.spread(low + Long.rotateLeft(high * 0x9e37_79b9_7f4a_7c15L, 29));
    }
}
