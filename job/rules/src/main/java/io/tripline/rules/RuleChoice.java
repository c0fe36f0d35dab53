package io.tripline.rules;

import java.io.Serializable;

/**
 * What is set for one rule.
 *
 * @param on whether it runs at all
 * @param thresholds of the same type as the rule's defaults; serialisable
 */
public record RuleChoice(boolean on, Record thresholds) implements Serializable {}
