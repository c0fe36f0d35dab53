package io.tripline.sensor.capture;

/**
 * Turns an interface's time stamps into nanoseconds since 1970-01-01T00:00:00Z: options {@code if_tsresol} and
 * {@code if_tsoffset} of a pcapng interface description block. What does not fit into a {@code long} becomes the
 * largest or smallest one.
 */
final class TimeScale {
    static final TimeScale MICROSECONDS = new TimeScale(6, 0);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int BINARY = 0x80;

    /** Powers of ten that fit into a {@code long}. */
    private static final int LARGEST_POWER = 18;

    /** Ticks are multiplied first, then shifted right or divided. */
    private final long multiplier;

    private final long divisor;
    private final int shift;
    private final long offset;

    /**
     * @param resolution {@code if_tsresol}: ticks a second are 10 to this power, or 2 to its lower seven bits where the
     *     highest is set
     * @param offsetSeconds {@code if_tsoffset}: seconds to be added
     */
    TimeScale(int resolution, long offsetSeconds) {
        int power = resolution & 0x7f;
        boolean binary = (resolution & BINARY) != 0;
        multiplier = binary ? NANOS_PER_SECOND : power < 9 ? tenTo(9 - power) : 1;
        shift = binary ? power : 0;
        // In ticks of 10^-28 s and less, no 64-bit count reaches two nanoseconds, and 10^19 fits into no long: such
        // times are 0.
        divisor = binary || power <= 9 ? 1 : power - 9 > LARGEST_POWER ? 0 : tenTo(power - 9);
        offset = multiplySaturated(offsetSeconds, NANOS_PER_SECOND);
    }

    private static long tenTo(int power) {
        long value = 1;
        for (int i = 0; i < power; i++) {
            value *= 10;
        }
        return value;
    }

    /** @param ticks the 64-bit count of the packet, unsigned */
    long nanos(long ticks) {
        long high = Math.multiplyHigh(ticks, multiplier) + (ticks < 0 ? multiplier : 0);
        long low = ticks * multiplier;
        long nanos;
        if (divisor != 1) {
            nanos = divisor == 0 ? 0 : nonNegative(Long.divideUnsigned(ticks, divisor));
        } else {
            nanos = shiftRight(high, low);
        }
        return addSaturated(nanos, offset);
    }

    /** A 128-bit product, never negative, shifted right and saturated. */
    private long shiftRight(long high, long low) {
        if (shift == 0) {
            return high != 0 ? Long.MAX_VALUE : nonNegative(low);
        }
        if (shift >= 64) {
            return high >>> (shift - 64);
        }
        return high >>> (shift - 1) != 0 ? Long.MAX_VALUE : nonNegative((high << (64 - shift)) | (low >>> shift));
    }

    private static long nonNegative(long value) {
        return value < 0 ? Long.MAX_VALUE : value;
    }

    private static long multiplySaturated(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high == low >> 63) {
            return low;
        }
        return a < 0 == b < 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    private static long addSaturated(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }
}
