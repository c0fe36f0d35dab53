package io.tripline.rules.flood;

import io.tripline.rules.engine.Trials;
import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.incident.Reason;
import java.util.ArrayList;
import java.util.List;

/** One look of a rule at one target by the end of one second: the latest seconds, what is usual there, and the tests made. */
public final class FloodLook {
    private final String rule;
    private final String target;
    private final long second;
    private final FloodState state;
    private final Trials trials;
    private final List<Reason> passed = new ArrayList<>();

    FloodLook(String rule, String target, long second, FloodState state, Trials trials) {
        this.rule = rule;
        this.target = target;
        this.second = second;
        this.state = state;
        this.trials = trials;
    }

    /** The latest so many seconds, this one among them. */
    public FloodWindow last(int seconds) {
        return new FloodWindow(state.recent(), second - seconds + 1);
    }

    /** Makes a test; its reason is kept if it is passed. */
    public boolean above(String test, long value, long threshold) {
        boolean above = trials.above(rule, target, second, test, value, threshold);
        if (above) {
            passed.add(new Reason(test, value, threshold));
        }
        return above;
    }

    /**
     * Makes the test for a rate: in so many seconds, more than the given rate and more than so many times what is usual.
     *
     * @param timesUsual how many times the target's own median
     */
    public boolean fasterThan(String what, long value, int seconds, long rate, int timesUsual, Kind kind) {
        if (!above(what + " in " + seconds + " s", value, rate * seconds)) {
            return false;
        }
        long usual = state.usual(kind, second);
        return usual <= 0
                || above(
                        what + " in " + seconds + " s, against " + timesUsual + " times the target's own median",
                        value,
                        usual * timesUsual * seconds);
    }

    /** Forgets the reasons so far: another way of looking begins. */
    public FloodLook afresh() {
        passed.clear();
        return this;
    }

    public FloodRule.Crossing crossing(FloodRule.Sign sign, Kind kind, int seconds) {
        return new FloodRule.Crossing(sign, kind, seconds, List.copyOf(passed));
    }
}
