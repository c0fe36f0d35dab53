package io.tripline.rules.alert;

import java.util.List;

/**
 * How bad a finding is and how sure that it is what it seems, each with what it is made of.
 *
 * @param risk 1 to 100, bounded sum of its parts
 * @param confidence percent, 1 to 100, bounded sum of its parts
 */
public record Score(int risk, int confidence, List<Part> riskParts, List<Part> confidenceParts) {
    /**
     * What one circumstance adds or takes.
     *
     * @param why a phrase
     */
    public record Part(String why, int points) {
        @Override
        public String toString() {
            return why + (points < 0 ? " " : " +") + points;
        }
    }

    /** Sums up; the risk does not exceed {@code highestRisk}. */
    public static Score of(List<Part> riskParts, int highestRisk, List<Part> confidenceParts) {
        return new Score(
                bounded(riskParts, highestRisk),
                bounded(confidenceParts, 100),
                List.copyOf(riskParts),
                List.copyOf(confidenceParts));
    }

    private static int bounded(List<Part> parts, int highest) {
        return Math.max(
                1, Math.min(highest, parts.stream().mapToInt(Part::points).sum()));
    }

    public Severity severity() {
        return Severity.ofRisk(risk);
    }
}
