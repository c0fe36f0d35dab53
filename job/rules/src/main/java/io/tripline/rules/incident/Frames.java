package io.tripline.rules.incident;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The lowest few frame numbers, as evidence. */
public final class Frames {
    private static final int MOST = 10;

    private final SortedSet<Long> lowest = new TreeSet<>();

    public void add(long number) {
        if (lowest.size() < MOST) {
            lowest.add(number);
        } else if (number < lowest.last() && lowest.add(number)) {
            lowest.remove(lowest.last());
        }
    }

    public void addAll(Frames other) {
        other.lowest.forEach(this::add);
    }

    /** Ascending. */
    public Collection<Long> numbers() {
        return Collections.unmodifiableCollection(lowest);
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(lowest.size());
        for (long number : lowest) {
            out.writeLong(number);
        }
    }

    public static Frames read(DataInput in) throws IOException {
        Frames frames = new Frames();
        for (int i = Stored.readSize(in, MOST, "frames"); i > 0; i--) {
            frames.add(in.readLong());
        }
        return frames;
    }
}
