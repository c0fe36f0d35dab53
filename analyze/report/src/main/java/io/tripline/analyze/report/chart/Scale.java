package io.tripline.analyze.report.chart;

import java.util.ArrayList;
import java.util.List;

/** Puts numbers onto a stretch of pixels, and says where marks on it belong. */
sealed interface Scale {
    double at(double value);

    /** Numbers to mark, in ascending order, at most about so many. */
    List<Double> ticks(int about);

    /** Equal distances for equal differences. */
    record Linear(double low, double high, double from, double to) implements Scale {
        @Override
        public double at(double value) {
            double share = high > low ? (value - low) / (high - low) : 0.5;
            return from + Math.min(1, Math.max(0, share)) * (to - from);
        }

        @Override
        public List<Double> ticks(int about) {
            double step = step((high - low) / Math.max(1, about));
            return multiples(low, high, step);
        }

        /** The least of 1, 2 and 5 times a power of ten that is not less. */
        static double step(double least) {
            if (!(least > 0)) {
                return 1;
            }
            double power = Math.pow(10, Math.floor(Math.log10(least)));
            for (int times : new int[] {1, 2, 5}) {
                if (times * power >= least * (1 - 1e-9)) {
                    return times * power;
                }
            }
            return 10 * power;
        }

        static List<Double> multiples(double low, double high, double step) {
            List<Double> ticks = new ArrayList<>();
            for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
                ticks.add(i * step);
            }
            return ticks;
        }

        /** A scale from 0 whose end is a round number not below the given one. */
        static Linear fromZero(double highest, int ticks, double from, double to) {
            double step = step(Math.max(highest, 1e-9) / ticks);
            return new Linear(0, Math.ceil(highest / step - 1e-9) * step, from, to);
        }
    }

    /** Equal distances for equal ratios; what is below the lowest number stands at its place. */
    record Logarithmic(double low, double high, double from, double to) implements Scale {
        @Override
        public double at(double value) {
            double share = Math.log(Math.max(value, low) / low) / Math.log(high / low);
            return from + Math.min(1, share) * (to - from);
        }

        @Override
        public List<Double> ticks(int about) {
            int first = (int) Math.ceil(Math.log10(low) - 1e-9);
            int last = (int) Math.floor(Math.log10(high) + 1e-9);
            int[] within = last - first >= 3 ? new int[] {1} : new int[] {1, 2, 5};
            int every = Math.max(1, (last - first + about) / about);
            List<Double> ticks = new ArrayList<>();
            for (int power = first - 1; power <= last; power++) {
                for (int times : within) {
                    double tick = times * Math.pow(10, power);
                    boolean wanted = within.length > 1 || (power - first) % every == 0;
                    if (wanted && tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                        ticks.add(tick);
                    }
                }
            }
            return ticks;
        }
    }
}
