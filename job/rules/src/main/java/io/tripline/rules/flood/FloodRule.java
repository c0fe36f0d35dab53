package io.tripline.rules.flood;

import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.incident.Reason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether what came to a target in the latest seconds is one sort of flood. It has no state of its own. */
public interface FloodRule {
    /** No window of a rule is longer: so much is kept of each target that is busy. */
    int LONGEST_WINDOW = 60;

    /** How plainly a flood shows itself; in order of strength. */
    enum Sign {
        /** As fast as a flood, but an ordinary cause fits as well. */
        DOUBTFUL,
        /** Slower than what overwhelms a server, but it goes on. */
        PERSISTENT,
        /** All tests passed. */
        FULL
    }

    /**
     * The decision that there is a flood.
     *
     * @param kind what it consists of
     * @param seconds how many of the latest seconds show it
     */
    record Crossing(Sign sign, Kind kind, int seconds, List<Reason> reasons) {}

    /**
     * How fast is fast: packets a second on average over a short window, or fewer over a longer one.
     *
     * @param window seconds
     * @param persistent seconds
     */
    record Pace(int window, long rate, int persistent, long persistentRate) {
        /** The pace that settings ask for; they are refused where it makes no sense. */
        public static Pace of(Duration window, long rate, Duration persistentWindow, long persistentRate) {
            checkWindow("window", window);
            checkRange("rate", rate, 1, 1_000_000_000);
            checkWindow("persistent-window", persistentWindow);
            checkRange("persistent-rate", persistentRate, 1, rate);
            return new Pace(seconds(window), rate, seconds(persistentWindow), persistentRate);
        }
    }

    /** Name in documents. */
    String id();

    /** Its thresholds of speed. */
    Pace pace();

    /** Seconds that it looks back. */
    default int longestWindow() {
        return Math.max(pace().window(), pace().persistent());
    }

    /** Packets of this second that could belong to such a flood. */
    long suspicious(Inflow inflow);

    /** Fewer suspicious packets in its longest window need no look. */
    default long least() {
        return Math.min(pace().rate() * pace().window(), pace().persistentRate() * pace().persistent());
    }

    /** From so many suspicious packets in a second on, an open incident goes on. */
    default long goesOnFrom() {
        return Math.max(1, pace().persistentRate() / 2);
    }

    /** Whether the latest seconds show a flood; null where they do not. */
    @Nullable
    Crossing judge(FloodLook look);

    /** Checks a window of a rule's settings. */
    static void checkWindow(String name, Duration window) {
        if (!window.equals(Duration.ofSeconds(window.toSeconds()))
                || window.toSeconds() < 1
                || window.toSeconds() > LONGEST_WINDOW) {
            throw new IllegalArgumentException(
                    name + ": " + window + ", must be 1 s to " + LONGEST_WINDOW + " s, in whole seconds");
        }
    }

    /** Checks a number of a rule's settings. */
    static void checkRange(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + ", must be " + least + " to " + most);
        }
    }

    static int seconds(Duration window) {
        return (int) window.toSeconds();
    }
}
