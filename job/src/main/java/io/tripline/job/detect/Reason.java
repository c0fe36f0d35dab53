package io.tripline.job.detect;

/**
 * Why a rule decided as it did: a test with the value seen and the threshold that it crossed.
 *
 * @param test what was counted, a phrase with its unit
 */
public record Reason(String test, long value, long threshold) {}
