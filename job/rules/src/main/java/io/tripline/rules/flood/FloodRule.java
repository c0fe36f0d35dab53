package io.tripline.rules.flood;

import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.incident.Reason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether what came to a target in the latest seconds is one sort of flood. It has no state of its own. */
public interface FloodRule {
    /** No window of a rule is longer: so much is kept of each target that is busy. */
    int LONGEST_WINDOW = 60;

    /** Packets a second; no line carries more. */
    long MOST_RATE = 100_000_000;

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
        /** The pace that settings ask for. */
        public static Pace of(Duration window, long rate, Duration persistentWindow, long persistentRate) {
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

    /** Checks what the settings of all floods have; more may follow. */
    static Thresholds check(Duration window, long rate, Duration persistentWindow, long persistentRate) {
        Duration shortest = Duration.ofSeconds(1);
        Duration longest = Duration.ofSeconds(LONGEST_WINDOW);
        return Thresholds.check()
                .between("window", window, shortest, longest)
                .between("rate", rate, 1, MOST_RATE)
                .between("persistentWindow", persistentWindow, shortest, longest)
                .between("persistentRate", persistentRate, 1, MOST_RATE)
                .notAbove("persistentRate", persistentRate, "rate", rate);
    }

    static int seconds(Duration window) {
        return (int) window.toSeconds();
    }
}
