package io.tripline.analyze.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.AlertDocuments;
import io.tripline.analyze.report.chart.Chart;
import io.tripline.analyze.report.logic.DetectionLogic;
import io.tripline.analyze.report.prose.Prose;
import io.tripline.schemas.alert.AlertDocument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a report says, in the order in which it says it: everything that templates need and nothing that they must work
 * out. All text is plain and has nothing in it that steers a line; all lists are bounded.
 *
 * @param made when the analysis ran
 * @param reportSha256 of {@code report.json}, from which all of this is made
 * @param prose section in words by a language model, where one was asked
 * @param figures that stand on top
 * @param findings those told in full, by risk
 * @param further those told in one line
 * @param untold how many are told in numbers only
 * @param scans port maps
 * @param tunnels entropy against length
 * @param logic of each rule that fired
 */
public record IncidentReport(
        CaseDetails details,
        String made,
        String version,
        String reportSha256,
        Posture posture,
        String summary,
        Optional<Prose> prose,
        List<Fact> figures,
        List<Finding> findings,
        List<Row> further,
        long untold,
        Table rules,
        Table indicators,
        Table attack,
        Table events,
        Table hosts,
        Table conversations,
        Table services,
        Table protocols,
        Table hierarchy,
        List<Chart> traffic,
        List<Chart> scans,
        List<Chart> tunnels,
        List<Chart> volumes,
        List<DetectionLogic> logic,
        List<Limits.Group> limits,
        Table captures) {

    /** Findings told in full. */
    static final int FULL = 50;

    /** A finding in one line. */
    public record Row(int number, Level level, int risk, String start, String message) {}

    /** A section, for tables of contents. */
    public record Entry(String name, String anchor) {}

    /** Makes it. {@code details} go before what stands in the file. */
    public static IncidentReport of(ReportFile file, CaseDetails details, Optional<Prose> prose) {
        JsonNode report = file.root();
        TrafficTables traffic = new TrafficTables(report);
        FindingTables found = new FindingTables(report);
        Summing summing = new Summing(report);
        Drawings drawings = new Drawings(report);
        List<Finding> findings = findings(report);
        CaseDetails said = details.or(CaseDetails.of(report)).clean();
        return new IncidentReport(
                said,
                Format.wallClock(report.path("made")),
                Format.text(report.path("version")),
                file.sha256(),
                Posture.of(report, findings),
                summing.paragraph(),
                prose,
                summing.figures(),
                findings,
                further(report),
                Math.max(
                        0,
                        report.at("/alert_counts/total").asLong()
                                - report.path("alerts").size()),
                found.rules(),
                found.indicators(),
                found.attack(),
                found.events(),
                traffic.hosts(),
                traffic.conversations(),
                traffic.services(),
                traffic.protocols(),
                traffic.hierarchy(),
                drawings.traffic,
                drawings.scans,
                drawings.tunnels,
                drawings.volumes,
                logic(report),
                drawings.limits(Limits.of(report)),
                Captures.table(report));
    }

    /** How many incidents there are. */
    public long incidents() {
        return findings.size() + further.size() + untold;
    }

    /** What stands on top. */
    public String heading() {
        return details.title().isEmpty() ? "Network traffic analysis" : details.title();
    }

    /** What it is about, in a line. */
    public String subject() {
        return posture.label() + (details.caseId().isEmpty() ? "" : ", case " + details.caseId());
    }

    /** Sections of the report in their order, for the table of contents. */
    public List<Entry> contents() {
        List<Entry> sections = new ArrayList<>();
        sections.add(new Entry("Summary", "summary"));
        if (prose.isPresent()) {
            sections.add(new Entry("AI summary", "prose"));
        }
        sections.addAll(List.of(
                new Entry("Findings", "findings"),
                new Entry("Detection summary", "detections"),
                new Entry("Event timeline", "timeline"),
                new Entry("Traffic", "traffic")));
        if (!logic.isEmpty()) {
            sections.add(new Entry("Detection logic", "logic"));
        }
        sections.add(new Entry("What was not analysed", "limits"));
        sections.add(new Entry("Evidence and raw data", "evidence"));
        return sections;
    }

    private static List<Finding> findings(JsonNode report) {
        FindingReader reader = new FindingReader(report);
        List<Finding> findings = new ArrayList<>();
        for (JsonNode alert : report.path("alerts")) {
            if (findings.size() == FULL) {
                break;
            }
            findings.add(reader.read(alert, findings.size() + 1));
        }
        return findings;
    }

    private static List<Row> further(JsonNode report) {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (AlertDocument alert : AlertDocuments.of(report)) {
            if (++number > FULL) {
                rows.add(new Row(
                        number,
                        Level.of(alert.event().severity()),
                        (int) alert.event().riskScore(),
                        Format.time(alert.event().start()),
                        Format.text(alert.message(), 300)));
            }
        }
        return rows;
    }

    private static List<DetectionLogic> logic(JsonNode report) {
        Set<String> rules = new LinkedHashSet<>();
        AlertDocuments.of(report).forEach(alert -> rules.add(alert.rule().id()));
        report.at("/alert_counts/by_rule").fieldNames().forEachRemaining(rules::add);
        List<DetectionLogic> logic = new ArrayList<>();
        for (String rule : rules) {
            try {
                logic.add(DetectionLogic.of(rule));
            } catch (IllegalArgumentException e) {
                // A report of another version may name rules that this one does not know.
            }
        }
        return logic;
    }
}
