package io.tripline.analyze.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.AlertDocuments;
import io.tripline.analyze.report.chart.Words;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.AlertJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The summary: one paragraph in plain words, and the figures that stand beside it. */
final class Summing {
    private static final int RULES = 4;

    private final JsonNode report;
    private final long incidents;

    Summing(JsonNode report) {
        this.report = report;
        this.incidents = report.at("/alert_counts/total").asLong();
    }

    String paragraph() {
        StringBuilder text = new StringBuilder();
        text.append(read()).append(' ');
        if (incidents == 0) {
            text.append("No enabled rule found an incident.");
            long indicators = report.at("/totals/indicators").asLong();
            if (indicators > 0) {
                text.append(' ')
                        .append(Words.count(indicators, "packet indicator"))
                        .append(" occurred: facts about single packets, which occur in harmless traffic as well.");
            }
        } else {
            AlertDocument worst = AlertJson.read(report.at("/alerts/0"));
            text.append("Tripline found ")
                    .append(Words.count(incidents, "incident"))
                    .append(rules())
                    .append(". ");
            text.append(incidents == 1 ? "" : "The most serious: ");
            text.append(sentence(Format.text(worst.message())));
            String start = Format.time(worst.event().start());
            text.append(" It started at ").append(start).append(" UTC.");
        }
        long suppressed = report.at("/alert_counts/suppressed").asLong();
        if (suppressed > 0) {
            text.append(" The settings suppressed ")
                    .append(Words.count(suppressed, "alert"))
                    .append('.');
        }
        return text.toString();
    }

    private String read() {
        long packets = report.path("packets").asLong();
        String files = Words.count(report.path("capture").size(), "capture file");
        if (packets == 0) {
            return "There was no packet to read in " + files + ".";
        }
        String span = Format.duration(report.path("first"), report.path("last"));
        return Words.count(packets, "packet") + " ("
                + Words.bytes(report.path("bytes").asLong()) + ") in " + files
                + (span.isEmpty()
                        ? ""
                        : ", " + span + " of traffic from " + Format.time(report.path("first")) + " UTC,")
                + " were analysed.";
    }

    private String rules() {
        Map<String, Long> names = new LinkedHashMap<>();
        for (AlertDocument alert : AlertDocuments.of(report)) {
            names.putIfAbsent(
                    Format.text(alert.rule().name()),
                    report.at("/alert_counts/by_rule").path(alert.rule().id()).asLong());
        }
        List<String> told = new ArrayList<>();
        names.forEach((name, count) -> {
            if (told.size() < RULES) {
                told.add(Words.count(count) + " × " + name);
            }
        });
        if (names.size() == 1 && incidents == 1) {
            return " (" + names.keySet().iterator().next() + ")";
        }
        return " (" + String.join(", ", told) + (names.size() > RULES ? " and others" : "") + ")";
    }

    private static String sentence(String message) {
        return message.endsWith(".") || message.endsWith("…") ? message : message + ".";
    }

    List<Fact> figures() {
        List<Fact> figures = new ArrayList<>();
        figures.add(new Fact(incidents == 1 ? "incident" : "incidents", Words.count(incidents)));
        figures.add(new Fact("packets", Words.count(report.path("packets").asLong())));
        figures.add(new Fact("on the wire", Words.bytes(report.path("bytes").asLong())));
        String span = Format.duration(report.path("first"), report.path("last"));
        if (!span.isEmpty()) {
            figures.add(new Fact("of traffic", span));
        }
        figures.add(new Fact("hosts", Words.count(report.at("/totals/hosts").asLong())));
        figures.add(new Fact(
                "conversations", Words.count(report.at("/totals/conversations").asLong())));
        busiest(figures);
        return figures;
    }

    private void busiest(List<Fact> figures) {
        JsonNode most = null;
        for (JsonNode minute : report.path("timeline")) {
            if (most == null
                    || minute.path("packets").asLong() > most.path("packets").asLong()) {
                most = minute;
            }
        }
        if (most != null && report.path("timeline").size() > 1) {
            boolean minute = most.path("seconds").asLong() == 60;
            figures.add(new Fact(
                    (minute ? "packets in the busiest minute, " : "packets in the busiest interval, from ")
                            + Format.time(most.path("time")).replaceFirst(":00\\.000$", "") + " UTC",
                    Words.count(most.path("packets").asLong())));
        }
    }
}
