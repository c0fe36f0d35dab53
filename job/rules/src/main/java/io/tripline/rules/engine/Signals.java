package io.tripline.rules.engine;

import io.tripline.rules.incident.Reason;
import java.util.ArrayList;
import java.util.List;

/** Signals of which none decides alone: each that is there adds its points or takes them, and is told with its share. */
public final class Signals {
    private final Trials trials;
    private final String rule;
    private final String subject;
    private final long second;
    private final List<Reason> reasons = new ArrayList<>();
    private int points;

    public Signals(Trials trials, String rule, String subject, long second) {
        this.trials = trials;
        this.rule = rule;
        this.subject = subject;
        this.second = second;
    }

    /** Adds the points if the value is above the threshold, and says whether it is. */
    public boolean above(String test, long value, long threshold, int share) {
        String told = test + " (" + (share < 0 ? "" : "+") + share + " points)";
        boolean passed = trials.above(rule, subject, second, told, value, threshold);
        if (passed) {
            points += share;
            reasons.add(new Reason(told, value, threshold));
        }
        return passed;
    }

    /** Whether all points together are above the threshold; that comes first among the reasons. */
    public boolean enough(int threshold) {
        boolean passed = trials.above(rule, subject, second, "points of all signals", points, threshold);
        if (passed) {
            reasons.add(0, new Reason("points of all signals", points, threshold));
        }
        return passed;
    }

    /** All points so far. */
    public int points() {
        return points;
    }

    public List<Reason> reasons() {
        return List.copyOf(reasons);
    }
}
