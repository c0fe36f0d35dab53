package io.tripline.rules.sketch;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of numbers of batches, as ranges: of those that arrived there are few, whatever their number. Told twice is told once. Bounded: with more than
 * {@link #RANGES} ranges the lowest two become one, so that what lies between them is never missed.
 */
public final class NumberRanges {
    private static final int RANGES = 4_096;
    private static final long HIGHEST = Long.MAX_VALUE / 2;

    /** Last number by first number of each range; no two touch. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** Adds a number; a negative or absurd one, which no sensor gets to, is left out. */
    public void add(long number) {
        if (number >= 0 && number <= HIGHEST) {
            add(number, number);
        }
    }

    private void add(long first, long last) {
        long from = first;
        long to = last;
        Map.Entry<Long, Long> before = ranges.floorEntry(first);
        if (before != null && before.getValue() >= first - 1) {
            from = before.getKey();
            to = Math.max(to, before.getValue());
        }
        for (Map.Entry<Long, Long> next = ranges.ceilingEntry(from);
                next != null && next.getKey() <= to + 1;
                next = ranges.ceilingEntry(from)) {
            to = Math.max(to, next.getValue());
            ranges.remove(next.getKey());
        }
        ranges.put(from, to);
        if (ranges.size() > RANGES) {
            long lowest = ranges.pollFirstEntry().getKey();
            ranges.put(lowest, ranges.pollFirstEntry().getValue());
        }
    }

    public void addAll(NumberRanges other) {
        other.ranges.forEach(this::add);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The lowest number; there must be one. */
    public long lowest() {
        return ranges.firstKey();
    }

    /** The highest number; there must be one. */
    public long highest() {
        return ranges.lastEntry().getValue();
    }

    /** How many numbers from one to another, both among them, are not here. */
    public long missing(long from, long to) {
        long missing = Math.max(0, to - from + 1);
        for (Map.Entry<Long, Long> range : ranges.headMap(to, true).entrySet()) {
            long first = Math.max(from, range.getKey());
            long last = Math.min(to, range.getValue());
            missing -= Math.max(0, last - first + 1);
        }
        return missing;
    }

    /** Forgets all numbers up to one, this among them. */
    public void forgetUpTo(long number) {
        while (!ranges.isEmpty() && ranges.firstKey() <= number) {
            long last = ranges.pollFirstEntry().getValue();
            if (last > number) {
                ranges.put(number + 1, last);
            }
        }
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(ranges.size());
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            out.writeLong(range.getKey());
            out.writeLong(range.getValue());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what is no range
     */
    public static NumberRanges read(DataInput in) throws IOException {
        NumberRanges read = new NumberRanges();
        for (int i = Stored.readSize(in, RANGES, "ranges of numbers"); i > 0; i--) {
            long first = in.readLong();
            long last = in.readLong();
            if (first < 0 || last < first || last > HIGHEST) {
                throw new IOException("no range of numbers goes from " + first + " to " + last);
            }
            read.add(first, last);
        }
        return read;
    }
}
