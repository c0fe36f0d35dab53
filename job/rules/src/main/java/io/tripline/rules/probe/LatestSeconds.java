package io.tripline.rules.probe;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The latest distinct seconds in which something happened; enough to tell whether it happened in more than so many of a window. */
public final class LatestSeconds {
    /** No threshold over these may be as high. */
    public static final int CAPACITY = 32;

    private long[] seconds = new long[2];
    private int size;

    /** Notes a second; seconds come in order. */
    public void add(long second) {
        if (size > 0 && seconds[size - 1] >= second) {
            return;
        }
        if (size == CAPACITY) {
            System.arraycopy(seconds, 1, seconds, 0, --size);
        } else if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, Math.min(CAPACITY, size * 2));
        }
        seconds[size++] = second;
    }

    /** How many of them are later than the second given. */
    public int after(long second) {
        int count = 0;
        while (count < size && seconds[size - 1 - count] > second) {
            count++;
        }
        return count;
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(seconds[i]);
        }
    }

    public static LatestSeconds read(DataInput in) throws IOException {
        LatestSeconds latest = new LatestSeconds();
        int size = Stored.readSize(in, CAPACITY, "seconds");
        latest.seconds = new long[Math.max(2, size)];
        for (latest.size = 0; latest.size < size; latest.size++) {
            latest.seconds[latest.size] = in.readLong();
        }
        return latest;
    }
}
