package io.tripline.rules.flood;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.incident.TestId;
import io.tripline.schemas.Address;

/** One look of a rule at one target by the end of one second: the latest seconds, what is usual there, and the tests made. */
public final class FloodLook {
    private final Decision decision;
    private final Address target;
    private final long second;
    private final FloodState state;

    FloodLook(Decision decision, Address target, long second, FloodState state) {
        this.decision = decision.about(target, second);
        this.target = target;
        this.second = second;
        this.state = state;
    }

    /**
     * A rate that is compared with what is usual.
     *
     * @param fast the test of the rate itself, about seconds
     * @param unusual that of the target's own median, about seconds and how many times it
     * @param kind whose median
     */
    public record Rate(TestId fast, TestId unusual, Kind kind) {}

    /** The latest so many seconds, this one among them. */
    public FloodWindow last(int seconds) {
        return new FloodWindow(state.recent(), second - seconds + 1);
    }

    /** Makes a test; it is a reason if it is passed. */
    public boolean above(TestId test, long value, long threshold) {
        return decision.passes(test, value, threshold);
    }

    /** Makes a test about something. */
    public boolean above(TestId test, Object about, long value, long threshold) {
        return decision.passes(test, about, value, threshold);
    }

    /**
     * Makes the test for a rate: in so many seconds, more than the given rate and more than so many times what is usual.
     *
     * @param perSecond what a second may have
     * @param timesUsual how many times the target's own median
     */
    public boolean fasterThan(Rate rate, long value, int seconds, long perSecond, int timesUsual) {
        if (!above(rate.fast(), seconds, value, perSecond * seconds)) {
            return false;
        }
        long usual = state.usual(rate.kind(), second);
        return usual <= 0
                || above(
                        rate.unusual(),
                        seconds + " s, against " + timesUsual + " times",
                        value,
                        usual * timesUsual * seconds);
    }

    /** Forgets the reasons so far: another way of looking begins. */
    public FloodLook afresh() {
        decision.about(target, second);
        return this;
    }

    public FloodRule.Crossing crossing(FloodRule.Sign sign, Kind kind, int seconds) {
        return new FloodRule.Crossing(sign, kind, seconds, decision.reasons());
    }
}
