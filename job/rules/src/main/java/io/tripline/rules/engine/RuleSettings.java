package io.tripline.rules.engine;

/** What is set for rules, as they see it. */
public interface RuleSettings {
    /** Whether the rule of that id runs. */
    boolean isOn(String rule);

    /** The thresholds of a rule, of the same type as its defaults. */
    <S extends Record> S thresholds(Rule<S> rule);

    /**
     * What is set beside thresholds: lists, sensors.
     *
     * @throws IllegalArgumentException if nothing of this type can be set
     */
    <T> T given(Class<T> type);
}
