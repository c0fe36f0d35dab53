package io.tripline.rules.engine;

import io.tripline.rules.incident.Reason;

/**
 * Hears of every test that a rule makes, passed or not, so that a person can be shown why it did or did not alert. Nothing in a rule's decision
 * depends on who listens.
 */
public interface DecisionTrace {
    /** Nobody listens. */
    DecisionTrace NONE = (rule, subject, second, reason, passed) -> {};

    /**
     * A test was made.
     *
     * @param subject who or what was tested, in the notation of the documents
     * @param second stream time, whole seconds since the epoch
     * @param reason the test with the value seen and its threshold
     */
    void tested(String rule, String subject, long second, Reason reason, boolean passed);
}
