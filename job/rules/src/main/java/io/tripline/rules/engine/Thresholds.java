package io.tripline.rules.engine;

import io.tripline.rules.engine.ThresholdException.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the thresholds of a rule in the constructor of its settings; all that is wrong is told at once.
 *
 * <pre>{@code
 * Thresholds.check()
 *         .between("ports", ports, 1, 65_535)
 *         .between("unseenPorts", unseenPorts, 1, 65_535)
 *         .notBelow("unseenPorts", unseenPorts, "ports", ports)
 *         .end();
 * }</pre>
 */
public final class Thresholds {
    private final List<Violation> violations = new ArrayList<>();

    private Thresholds() {}

    public static Thresholds check() {
        return new Thresholds();
    }

    /** A number from {@code least} to {@code most}. */
    public Thresholds between(String component, long value, long least, long most) {
        boolean holds = value >= least && value <= most;
        return require(holds, component, Long.toString(value), least + " to " + most, null);
    }

    /** A whole number of seconds from {@code least} to {@code most}. */
    public Thresholds between(String component, Duration value, Duration least, Duration most) {
        boolean holds = value.compareTo(least) >= 0 && value.compareTo(most) <= 0 && value.toNanosPart() == 0;
        String must = "whole seconds from " + ThresholdText.written(least) + " to " + ThresholdText.written(most);
        return require(holds, component, ThresholdText.written(value), must, null);
    }

    /**
     * Something else that must hold.
     *
     * @param must what would be right, after the words <em>must be</em>
     */
    public Thresholds holds(String component, boolean holds, String value, String must) {
        return require(holds, component, value, must, null);
    }

    /** A number that is not below another threshold; the bounds of both are checked before. */
    public Thresholds notBelow(String component, long value, String other, long least) {
        return require(
                value >= least || isWrong(component, other),
                component,
                Long.toString(value),
                "at least " + least,
                other);
    }

    /** A duration that is not below another threshold. */
    public Thresholds notBelow(String component, Duration value, String other, Duration least) {
        String must = "at least " + ThresholdText.written(least);
        boolean holds = value.compareTo(least) >= 0 || isWrong(component, other);
        return require(holds, component, ThresholdText.written(value), must, other);
    }

    /** A number that is not above another threshold. */
    public Thresholds notAbove(String component, long value, String other, long most) {
        return require(
                value <= most || isWrong(component, other), component, Long.toString(value), "at most " + most, other);
    }

    /** Whether one of two thresholds is outside its own bounds; how it goes with the other says no more then. */
    private boolean isWrong(String component, String other) {
        return violations.stream()
                .anyMatch(wrong ->
                        wrong.component().equals(component) || wrong.component().equals(other));
    }

    private Thresholds require(boolean holds, String component, String value, String must, @Nullable String other) {
        if (!holds) {
            String bound = other == null ? must : must + ", the value of " + ThresholdText.key(other);
            violations.add(new Violation(component, value, bound, other));
        }
        return this;
    }

    /**
     * Ends the checks.
     *
     * @throws ThresholdException if any threshold is outside its bounds
     */
    public void end() {
        if (!violations.isEmpty()) {
            throw new ThresholdException(violations);
        }
    }
}
