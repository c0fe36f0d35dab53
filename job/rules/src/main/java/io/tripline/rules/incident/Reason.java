package io.tripline.rules.incident;

import io.tripline.rules.probe.hostsweep.SequentialTest;

/**
 * Why a rule decided as it did: a test with the value seen and the threshold that it crossed.
 *
 * @param test what was counted, a phrase with its unit
 */
public record Reason(String test, long value, long threshold) {
    /** How the phrase of a sequential test over first contacts begins: the one kind of test that decides on few failures. */
    public static final String SEQUENTIAL = "first contacts for ";

    /** Whether a sequential test decided (see {@link SequentialTest}), rather than a count that passed its limit. */
    public boolean sequential() {
        return test.startsWith(SEQUENTIAL);
    }
}
