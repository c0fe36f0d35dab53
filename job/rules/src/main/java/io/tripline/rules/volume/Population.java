package io.tripline.rules.volume;

import java.util.Arrays;

/** Values of all sources of a window, to judge one of them by the others: it is left out, so that it cannot hide itself by what it moved. */
final class Population {
    /** The fence above the third quartile reaches no further than this factor, however far apart the quartiles are. */
    private static final double FARTHEST = 64;

    private static final int STEP = 4;

    private final long[] sorted;
    private final double sum;
    private final double squares;

    Population(long[] values) {
        sorted = values.clone();
        Arrays.sort(sorted);
        double all = 0;
        double squared = 0;
        for (long value : sorted) {
            all += value;
            squared += (double) value * value;
        }
        sum = all;
        squares = squared;
    }

    /** How many others there are. */
    int others() {
        return Math.max(0, sorted.length - 1);
    }

    /** Median of the others. */
    long median(long own) {
        return quartile(own, 2);
    }

    /** Mean and twice the standard deviation of the others. */
    long meanAndTwoSigma(long own) {
        int n = others();
        if (n == 0) {
            return 0;
        }
        double mean = (sum - own) / n;
        double variance = Math.max(0, (squares - (double) own * own) / n - mean * mean);
        return (long) (mean + 2 * Math.sqrt(variance));
    }

    /**
     * Q3 and one and a half times the distance between the quartiles of the others (Tukey's fence), on a logarithmic scale, since what sources
     * move spreads over many orders of magnitude.
     */
    long fence(long own) {
        double upper = Math.max(1, quartile(own, 3));
        double lower = Math.max(1, quartile(own, 1));
        return (long) (upper * Math.min(FARTHEST, Math.pow(upper / lower, 1.5)));
    }

    /** The value at so many quarters of the others, the lower one between two. */
    private long quartile(long own, int quarters) {
        int n = others();
        if (n == 0) {
            return 0;
        }
        int at = (n - 1) * quarters / STEP;
        int of = Arrays.binarySearch(sorted, own);
        return sorted[of >= 0 && at >= of ? at + 1 : at];
    }
}
