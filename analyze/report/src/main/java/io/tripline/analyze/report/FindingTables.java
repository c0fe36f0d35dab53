package io.tripline.analyze.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.AlertDocuments;
import io.tripline.analyze.report.chart.Words;
import io.tripline.schemas.alert.AlertDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables about what was found: indicators, the course of events, ATT&amp;CK. */
final class FindingTables {
    private static final int EVENTS_EACH = 10;
    private static final int INCIDENTS = 60;

    private final JsonNode report;
    private final List<AlertDocument> alerts;

    FindingTables(JsonNode report) {
        this.report = report;
        this.alerts = AlertDocuments.of(report);
    }

    /** Indicators under the names that users know. */
    Table indicators() {
        Table.Builder table = Table.of("indicators", "Indicators: facts about single packets, not verdicts")
                .text("Detection type")
                .figures("Count")
                .text("First seen")
                .code("Sources");
        for (JsonNode indicator : report.path("indicators")) {
            table.row(
                    Format.text(indicator.path("name")),
                    indicator.path("count").asLong(),
                    Format.time(indicator.path("first")),
                    FindingReader.texts(indicator.path("sources"), 6));
        }
        return table.note("");
    }

    /** Incidents by rule with the worst of each. */
    Table rules() {
        Map<String, AlertDocument> worst = new HashMap<>();
        alerts.forEach(alert -> worst.putIfAbsent(alert.rule().id(), alert));
        Table.Builder table = Table.of("by-rule", "Incidents by rule")
                .text("Rule")
                .figures("Incidents")
                .text("Worst")
                .figures("Highest risk");
        List<Map.Entry<String, JsonNode>> counts =
                new ArrayList<>(report.at("/alert_counts/by_rule").properties());
        counts.sort(Comparator.comparing(count ->
                -worst.getOrDefault(count.getKey(), AlertDocument.NONE).event().riskScore()));
        for (Map.Entry<String, JsonNode> count : counts) {
            AlertDocument alert = worst.getOrDefault(count.getKey(), AlertDocument.NONE);
            boolean shown = worst.containsKey(count.getKey());
            table.row(
                    shown ? Format.text(alert.rule().name()) : Format.text(count.getKey(), 64),
                    count.getValue().asLong(),
                    shown ? Level.of(alert.event().severity()).label() : "not among those shown",
                    shown ? (Object) alert.event().riskScore() : "");
        }
        return table.note("");
    }

    /** What happened when: incidents' begin and end, and the first packets of each indicator. */
    Table events() {
        record Row(String at, String time, String frame, String protocol, String from, String to, String what) {}
        List<Row> rows = new ArrayList<>();
        int incidents = 0;
        for (AlertDocument alert : alerts) {
            if (incidents++ == INCIDENTS) {
                break;
            }
            String name = Format.text(alert.rule().name());
            String first = alert.tripline().frames().stream()
                    .limit(1)
                    .map(String::valueOf)
                    .collect(Collectors.joining());
            String from = FindingReader.source(alert);
            String to = FindingReader.target(alert);
            String start = alert.event().start();
            String detected = alert.tripline().detected();
            String end = alert.event().end();
            String level = Level.of(alert.event().severity()).label();
            rows.add(new Row(start, Format.time(start), first, "", from, to, name + " starts (" + level + ")"));
            if (!detected.isEmpty()) {
                rows.add(new Row(detected, Format.time(detected), "", "", from, to, name + " detected"));
            }
            rows.add(new Row(end, Format.time(end), "", "", from, to, name + " ends"));
        }
        Map<String, Integer> shown = new HashMap<>();
        for (JsonNode event : report.path("events")) {
            if (shown.merge(event.path("indicator").asText(), 1, Integer::sum) <= EVENTS_EACH) {
                rows.add(new Row(
                        event.path("@timestamp").asText(),
                        Format.time(event.path("@timestamp")),
                        Format.text(event.path("frame")),
                        Format.text(event.path("protocol")),
                        end(event.path("source")),
                        end(event.path("destination")),
                        Format.text(event.path("name"))));
            }
        }
        rows.sort(Comparator.comparing(Row::at));
        Table.Builder table = Table.of("events", "Event timeline, UTC")
                .text("Time")
                .figures("Frame")
                .text("Protocol")
                .code("From", "To")
                .text("Event");
        rows.forEach(row -> table.row(row.time, row.frame, row.protocol, row.from, row.to, row.what));
        return table.note("The first " + EVENTS_EACH + " packets of each indicator and the " + INCIDENTS
                + " riskiest incidents at most; indicators.ndjson lists the first 1,000 packets of each.");
    }

    private static String end(JsonNode end) {
        String ip = Format.text(end.path("ip"));
        if (!end.has("port")) {
            return ip;
        }
        return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + end.path("port").asInt();
    }

    /** Techniques with the rules that point to them. */
    Table attack() {
        record Mapped(Finding.Attack attack, String rule) {}
        Map<Mapped, Long> counts = new LinkedHashMap<>();
        for (AlertDocument alert : alerts) {
            // A limit that was passed need be nothing that an attacker does.
            if (alert.threat() != null) {
                Finding.Attack attack = FindingReader.attack(alert.threat());
                counts.merge(new Mapped(attack, Format.text(alert.rule().name())), 1L, Long::sum);
            }
        }
        Table.Builder table = Table.of("attack", "MITRE ATT&CK mapping")
                .text("Tactic")
                .code("Technique")
                .text("Name", "Because of")
                .figures("Incidents");
        counts.forEach((mapped, count) ->
                table.row(mapped.attack.tactic(), mapped.attack.id(), mapped.attack.name(), mapped.rule, count));
        long all = report.at("/alert_counts/total").asLong();
        long read = alerts.size();
        return table.note(
                all > read
                        ? "From the " + Words.count(read) + " riskiest of " + Words.count(all, "incident") + "."
                        : "");
    }
}
