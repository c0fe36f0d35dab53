package io.tripline.sensor.flow;

import org.agrona.DirectBuffer;

/**
 * Shannon entropy of bytes: {@code log2 n - (sum of c log2 c) / n} over the counts c of each value among n bytes. In
 * whole numbers, so that every machine gets the same. Reused from payload to payload; allocates nothing.
 */
final class PayloadEntropy {
    private static final int FRACTION_BITS = 20;
    private static final int TABLE = 2_048;

    /** {@code c log2 c} in 2<sup>-20</sup> bits. */
    private static final long[] PRODUCTS = new long[TABLE];

    static {
        for (int count = 1; count < TABLE; count++) {
            PRODUCTS[count] = product(count);
        }
    }

    private final int[] histogram = new int[256];

    /** Thousandths of a bit per byte; 0 for no bytes. */
    int of(DirectBuffer buffer, int offset, int length) {
        if (length <= 0) {
            return 0;
        }
        for (int i = 0; i < length; i++) {
            histogram[buffer.getByte(offset + i) & 0xff]++;
        }
        long sum = 0;
        for (int value = 0; value < histogram.length; value++) {
            int count = histogram[value];
            histogram[value] = 0;
            sum += count < TABLE ? PRODUCTS[count] : product(count);
        }
        long whole = length < TABLE ? PRODUCTS[length] : product(length);
        return (int) (((whole - sum) * 1_000 / length) >> FRACTION_BITS);
    }

    private static long product(int count) {
        return Math.round(count * (StrictMath.log(count) / StrictMath.log(2)) * (1 << FRACTION_BITS));
    }
}
