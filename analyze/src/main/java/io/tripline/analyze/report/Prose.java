package io.tripline.analyze.report;

import java.util.List;

/**
 * Text that a language model wrote from the figures.
 *
 * @param model as its endpoint names it
 * @param dropped sentences that were left out, because a number in them is not in the data
 */
public record Prose(String model, List<String> paragraphs, int dropped) {}
