package io.tripline.rules.volume;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a source moved in each of its latest {@link #MINUTES} active minutes, each in a byte: the logarithm in steps of a quarter octave, so that a
 * value is known to within 19 %.
 */
final class MinuteHistory {
    /** Active minutes remembered. */
    static final int MINUTES = 60;

    private static final int FEWEST = 4;

    /** Three standard deviations of a normal distribution in median absolute deviations. */
    private static final double THREE_SIGMA = 3 * 1.4826;

    private byte[] ring = new byte[FEWEST];
    private int size;
    private int next;

    void add(long value) {
        byte step = (byte) step(value);
        if (size < MINUTES) {
            if (size == ring.length) {
                ring = Arrays.copyOf(ring, Math.min(MINUTES, size * 2));
            }
            ring[size++] = step;
        } else {
            ring[next] = step;
            next = (next + 1) % MINUTES;
        }
    }

    int size() {
        return size;
    }

    /** The median. */
    long median() {
        return value(sorted()[(size - 1) / 2]);
    }

    /** The highest value that is usual: nine in ten minutes have no more, and it is within three robust standard deviations. */
    long usual() {
        int[] steps = sorted();
        int median = steps[(size - 1) / 2];
        int[] deviations = Arrays.stream(steps)
                .map(step -> Math.abs(step - median))
                .sorted()
                .toArray();
        int fence = median + (int) Math.ceil(THREE_SIGMA * deviations[(size - 1) / 2]);
        int ninth = steps[(size * 9 + 9) / 10 - 1];
        // A step stands for all values up to the next.
        return value(Math.min(255, Math.max(fence, ninth) + 1));
    }

    private int[] sorted() {
        int[] steps = new int[size];
        for (int i = 0; i < size; i++) {
            steps[i] = ring[i] & 0xff;
        }
        Arrays.sort(steps);
        return steps;
    }

    /** 0 for 0, otherwise 1 and four for each power of two. */
    static int step(long value) {
        if (value <= 0) {
            return 0;
        }
        int octave = 63 - Long.numberOfLeadingZeros(value);
        int quarter = (int) ((octave >= 2 ? value >>> (octave - 2) : value << (2 - octave)) & 3);
        return Math.min(255, 1 + 4 * octave + quarter);
    }

    /** The lowest value of a step. */
    static long value(int step) {
        if (step == 0) {
            return 0;
        }
        int octave = Math.min(61, (step - 1) / 4);
        return ((4L + (step - 1) % 4) << octave) >>> 2;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(size);
        out.writeInt(next);
        out.write(ring, 0, size);
    }

    static MinuteHistory read(DataInput in) throws IOException {
        MinuteHistory history = new MinuteHistory();
        history.size = Stored.readSize(in, MINUTES, "minutes");
        history.next = Stored.readSize(in, MINUTES - 1, "places of a minute");
        history.ring = new byte[Math.max(FEWEST, history.size)];
        in.readFully(history.ring, 0, history.size);
        return history;
    }
}
