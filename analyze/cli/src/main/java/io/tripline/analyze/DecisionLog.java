package io.tripline.analyze;

import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.incident.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Keeps the nearest miss, or the highest hit, of each test of one rule. */
final class DecisionLog implements DecisionTrace {
    /** A sweep of all ports would make a test of each. */
    private static final int TESTS = 1_000;

    /**
     * The highest value of a test.
     *
     * @param subject who or what had it
     * @param second when, stream time
     * @param passed whether it was passed with that value
     * @param made how often the test was made
     */
    record Line(String test, String subject, long second, long value, long threshold, boolean passed, long made) {
        /** Passed beats not passed, then the higher value counts. */
        boolean isAbove(Line other) {
            return passed == other.passed ? value > other.value : passed;
        }

        Line again() {
            return new Line(test, subject, second, value, threshold, passed, made + 1);
        }
    }

    /** A test and what it was made about; its phrase is for people. */
    private record Key(String test, String about) {}

    private final String rule;
    private final Predicate<String> concerned;
    private final Map<Key, Line> highest = new LinkedHashMap<>();
    private long untold;

    /** Of the tests of a rule those about subjects that are of concern. */
    DecisionLog(String rule, Predicate<String> concerned) {
        this.rule = rule;
        this.concerned = concerned;
    }

    @Override
    public void tested(String madeBy, String subject, long second, Reason reason, boolean passed) {
        if (!madeBy.equals(rule) || !concerned.test(subject)) {
            return;
        }
        Key key = new Key(reason.test(), reason.about());
        Line known = highest.get(key);
        if (known == null && highest.size() == TESTS) {
            untold++;
            return;
        }
        long made = known == null ? 1 : known.made() + 1;
        Line line = new Line(reason.text(), subject, second, reason.value(), reason.threshold(), passed, made);
        highest.put(key, known == null || line.isAbove(known) ? line : known.again());
    }

    boolean isEmpty() {
        return highest.isEmpty();
    }

    /** Tests that were made and are not among the lines. */
    long untold() {
        return untold;
    }

    /** One line a test: passed ones first, then by how near the value is to its threshold. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>(highest.values());
        lines.sort(Comparator.comparing(Line::passed)
                .reversed()
                .thenComparing(
                        Comparator.comparingDouble((Line line) -> (line.value() + 1.0) / (line.threshold() + 1.0))
                                .reversed())
                .thenComparing(Line::test));
        return lines;
    }
}
