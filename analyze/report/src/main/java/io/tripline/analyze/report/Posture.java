package io.tripline.analyze.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * How things stand, and why: the level is that of the worst incident.
 *
 * @param label what follows from it
 */
public record Posture(Level level, String label, List<String> why) {
    static Posture of(JsonNode report, List<Finding> findings) {
        List<String> why = new ArrayList<>();
        long packets = report.path("packets").asLong();
        long unread = report.at("/totals/unread").asLong();
        if (packets == 0 || packets == unread) {
            why.add(packets == 0 ? "No packet was read." : "No packet could be read to its end.");
            return new Posture(Level.NONE, "No data", why);
        }
        if (findings.isEmpty()) {
            why.add("No enabled rule found an incident in " + Words.count(packets, "packet") + ".");
            quality(report, why);
            return new Posture(Level.NONE, "No incident found", why);
        }
        Finding worst = findings.get(0);
        why.add("The most severe incident is " + worst.level().label().toLowerCase(java.util.Locale.ROOT) + ": "
                + worst.ruleName() + ", risk " + worst.risk() + " of 100, confidence " + worst.confidence() + " %.");
        List<String> parts = worst.riskParts().stream()
                .skip(1)
                .map(part -> part.name() + " " + part.value())
                .toList();
        if (!parts.isEmpty()) {
            why.add("Contributions to its risk: " + String.join(", ", parts) + ".");
        }
        long all = report.at("/alert_counts/total").asLong();
        if (all > 1) {
            List<String> severities = new ArrayList<>();
            report.at("/alert_counts/by_severity").properties().forEach(count -> {
                if (count.getValue().asLong() > 0) {
                    severities.add(Words.count(count.getValue().asLong()) + " " + Format.text(count.getKey(), 16));
                }
            });
            why.add(Words.count(all, "incident") + " in all: " + String.join(", ", severities) + ".");
        }
        quality(report, why);
        return new Posture(worst.level(), label(worst.level()), why);
    }

    private static String label(Level level) {
        return switch (level) {
            case CRITICAL -> "Act now";
            case HIGH -> "Urgent: act today";
            case MEDIUM -> "Investigate";
            case LOW -> "For information";
            case NONE -> "No incident found";
        };
    }

    private static void quality(JsonNode report, List<String> why) {
        long dropped = report.at("/quality/dropped").asLong();
        long unread = report.at("/totals/unread").asLong();
        long places = report.at("/quality/unusable_places").asLong();
        if (dropped + unread + places > 0) {
            why.add("The captures are incomplete (see What was not analysed): there may be more.");
        }
    }
}
