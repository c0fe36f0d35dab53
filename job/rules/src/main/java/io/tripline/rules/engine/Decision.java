package io.tripline.rules.engine;

import io.tripline.rules.incident.Reason;
import io.tripline.rules.incident.TestId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tests of one decision of a rule: each is told to the {@link DecisionTrace}, counts towards the decision, and is a reason for it if all goes well.
 *
 * <pre>{@code
 * decision.about(target, second)
 *         .above(PORTS, tried, settings.ports())
 *         .share(FAILED, failed, tried, 50)
 *     .or()
 *         .above(UNSEEN, unseen, settings.unseenPorts());
 * if (decision.passed()) ...
 * }</pre>
 *
 * <p>Tests between two {@link #or()} belong together: all must be passed. The decision is passed if that is so of any such group, and has the reasons
 * of each that is. A rule that asks test after test instead, and goes on only if one is passed, uses {@link #passes}; one that weighs signals uses
 * {@link #signal} and {@link #enough}.
 *
 * <p>A detector makes one and uses it again and again: it allocates nothing, and says nothing in words, while no test is passed and nobody listens.
 * What it is asked about must not change until the next {@link #about}.
 */
public final class Decision {
    private static final int ROOM = 16;

    private final String rule;
    private final DecisionTrace trace;
    private TestId[] tests = new TestId[ROOM];
    private Object[] abouts = new Object[ROOM];
    private long[] values = new long[ROOM];
    private long[] thresholds = new long[ROOM];
    private int size;

    /** Where the tests of the group begin that is being made. */
    private int groupStart;

    private boolean groupFailed;
    private Object subject = "";
    private long second;
    private int points;

    public Decision(String rule, DecisionTrace trace) {
        this.rule = rule;
        this.trace = trace;
    }

    /** Whether anybody hears of the tests, so that they must be made though they cannot be passed. */
    public boolean isTraced() {
        return trace != DecisionTrace.NONE;
    }

    /**
     * Begins anew.
     *
     * @param who or what is judged; its {@code toString} is what people see
     * @param when stream time, whole seconds since the epoch
     */
    public Decision about(Object who, long when) {
        Arrays.fill(tests, 0, size, null);
        Arrays.fill(abouts, 0, size, null);
        size = 0;
        groupStart = 0;
        groupFailed = false;
        points = 0;
        subject = who;
        second = when;
        return this;
    }

    /** The value must be above the threshold. */
    public Decision above(TestId test, long value, long threshold) {
        return above(test, "", value, threshold);
    }

    /** The value must be above the threshold, in a test whose phrase has a place for what it is about. */
    public Decision above(TestId test, Object about, long value, long threshold) {
        groupFailed |= !passes(test, about, value, threshold);
        return this;
    }

    /** The value must be above the threshold in a test that applies only where something holds; else it is told as not passed. */
    public Decision aboveIf(boolean applies, TestId test, Object about, long value, long threshold) {
        groupFailed |= !made(test, about, value, threshold, applies && value > threshold);
        return this;
    }

    /** A part must be more than so many percent of the whole; the percentage is told rounded down. */
    public Decision share(TestId test, Object about, long part, long whole, int percent) {
        long seen = part * 100 / Math.max(1, whole);
        groupFailed |= !made(test, about, seen, percent, part * 100 > whole * percent);
        return this;
    }

    public Decision share(TestId test, long part, long whole, int percent) {
        return share(test, "", part, whole, percent);
    }

    /** Something must hold that is no test of its own. */
    public Decision provided(boolean holds) {
        groupFailed |= !holds;
        return this;
    }

    /** Whether all tests of the group that is being made were passed so far. */
    public boolean holds() {
        return !groupFailed;
    }

    /** Ends a group of tests and begins another. */
    public Decision or() {
        if (groupFailed) {
            size = groupStart;
        }
        groupStart = size;
        groupFailed = false;
        return this;
    }

    /** Whether the value is above the threshold; the reason stays whatever follows. */
    public boolean passes(TestId test, long value, long threshold) {
        return passes(test, "", value, threshold);
    }

    public boolean passes(TestId test, Object about, long value, long threshold) {
        return made(test, about, value, threshold, value > threshold);
    }

    private boolean made(TestId test, Object about, long value, long threshold, boolean passed) {
        if (isTraced()) {
            trace.tested(rule, subject.toString(), second, Reason.of(test, about.toString(), value, threshold), passed);
        }
        if (passed) {
            because(test, about, value, threshold);
        }
        return passed;
    }

    /** Adds a reason that is no test. */
    public Decision because(TestId test, Object about, long value, long threshold) {
        if (size == tests.length) {
            tests = Arrays.copyOf(tests, size * 2);
            abouts = Arrays.copyOf(abouts, size * 2);
            values = Arrays.copyOf(values, size * 2);
            thresholds = Arrays.copyOf(thresholds, size * 2);
        }
        tests[size] = test;
        abouts[size] = about;
        values[size] = value;
        thresholds[size++] = threshold;
        return this;
    }

    /** Whether a signal is there; it adds its points, or takes them. */
    public boolean signal(TestId test, Object about, long value, long threshold) {
        boolean there = passes(test, about, value, threshold);
        points += there ? test.points() : 0;
        return there;
    }

    public boolean signal(TestId test, long value, long threshold) {
        return signal(test, "", value, threshold);
    }

    /** Whether the points of all signals together are above the threshold; that comes first among the reasons. */
    public boolean enough(TestId test, int threshold) {
        boolean passed = passes(test, points, threshold);
        for (int i = size - 1; passed && i > groupStart; i--) {
            swap(i, i - 1);
        }
        return passed;
    }

    private void swap(int i, int k) {
        TestId test = tests[i];
        Object about = abouts[i];
        long value = values[i];
        long threshold = thresholds[i];
        tests[i] = tests[k];
        abouts[i] = abouts[k];
        values[i] = values[k];
        thresholds[i] = thresholds[k];
        tests[k] = test;
        abouts[k] = about;
        values[k] = value;
        thresholds[k] = threshold;
    }

    /** Whether a group of tests was passed. */
    public boolean passed() {
        return groupFailed ? groupStart > 0 : size > 0;
    }

    /** Whether a test is among the reasons. */
    public boolean has(TestId test) {
        int end = groupFailed ? groupStart : size;
        for (int i = 0; i < end; i++) {
            if (tests[i] == test) {
                return true;
            }
        }
        return false;
    }

    /** Tests that were passed, in the order in which they were made. */
    public List<Reason> reasons() {
        int end = groupFailed ? groupStart : size;
        List<Reason> reasons = new ArrayList<>(end);
        for (int i = 0; i < end; i++) {
            reasons.add(Reason.of(tests[i], abouts[i].toString(), values[i], thresholds[i]));
        }
        return reasons;
    }
}
