package io.tripline.rules.flood;

import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.incident.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether what came to a target in the latest seconds is one sort of flood. It has no state of its own. */
public abstract class FloodRule {
    /** How plainly a flood shows itself; in order of strength. */
    public enum Sign {
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
    public record Crossing(Sign sign, Kind kind, int seconds, List<Reason> reasons) {}

    /**
     * How fast is fast: packets a second on average over a short window, or fewer over a longer one.
     *
     * @param window seconds
     * @param timesBaseline at either rate, so many times the target's own median at least
     * @param persistent seconds
     */
    public record Pace(int window, long rate, int timesBaseline, int persistent, long persistentRate) {
        private static Pace of(FloodSettings settings) {
            return new Pace(
                    (int) settings.window().toSeconds(),
                    settings.rate(),
                    settings.timesBaseline(),
                    (int) settings.persistentWindow().toSeconds(),
                    settings.persistentRate());
        }
    }

    private final String id;
    private final Pace pace;

    protected FloodRule(String id, FloodSettings settings) {
        this.id = id;
        this.pace = Pace.of(settings);
    }

    /** Name in documents. */
    public final String id() {
        return id;
    }

    /** Its thresholds of speed. */
    public final Pace pace() {
        return pace;
    }

    /** Seconds that it looks back. */
    final int longestWindow() {
        return Math.max(pace.window(), pace.persistent());
    }

    /** Packets of this second that could belong to such a flood. */
    public abstract long suspicious(Inflow inflow);

    /** Fewer suspicious packets in its longest window need no look. */
    final long least() {
        return Math.min(pace.rate() * pace.window(), pace.persistentRate() * pace.persistent());
    }

    /** From so many suspicious packets in a second on, an open incident goes on. */
    final long goesOnFrom() {
        return Math.max(1, pace.persistentRate() / 2);
    }

    /** Whether the latest seconds show a flood; null where they do not. */
    public abstract @Nullable Crossing judge(FloodLook look);
}
