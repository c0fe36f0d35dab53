package io.tripline.rules.engine;

import java.time.Duration;

/** Checks of thresholds, for the constructors of settings: what they throw names the component first, so that its line can be found. */
public final class Thresholds {
    private Thresholds() {}

    /** A number from {@code least} to {@code most}. */
    public static void between(String component, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(component + ": " + value + ", must be " + least + " to " + most);
        }
    }

    /** A whole number of seconds from {@code least} to {@code most}. */
    public static void between(String component, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0 || value.toNanosPart() != 0) {
            throw new IllegalArgumentException(component + ": " + text(value) + ", must be whole seconds from "
                    + text(least) + " to " + text(most));
        }
    }

    private static String text(Duration duration) {
        return duration.toNanosPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
