package io.tripline.analyze.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.Words;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.AlertJson;
import io.tripline.schemas.alert.Evidence;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The figures of a report that a language model may be told, a line each: counts, times, names of rules, indicators and
 * protocols, severities, risk, and addresses where they may be told. Never text from packets or of whoever orders the
 * report: no payloads, DNS names, file names, or details of the case.
 */
public final class ProseFigures {
    private static final int FINDINGS = 12;
    private static final int LISTED = 12;
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.-]{2,45}");
    private static final Pattern NAME = Pattern.compile("[\\p{IsLatin}0-9 .,:;()/%+&<=>'_-]{1,100}");

    private final JsonNode report;
    private final boolean addresses;
    private final StringBuilder text = new StringBuilder();

    private ProseFigures(JsonNode report, boolean addresses) {
        this.report = report;
        this.addresses = addresses;
    }

    /** Writes them. */
    public static String of(ReportFile file, boolean addresses) {
        ProseFigures figures = new ProseFigures(file.root(), addresses);
        figures.capture();
        figures.incidents();
        figures.findings();
        figures.indicators();
        figures.protocols();
        return figures.text.toString();
    }

    private void capture() {
        head("Traffic");
        count("capture files", report.path("capture").size());
        count("packets", report.path("packets").asLong());
        line("bytes", Words.bytes(report.path("bytes").asLong()));
        time("first packet", report.path("first"));
        time("last packet", report.path("last"));
        line("duration", Format.duration(report.path("first"), report.path("last")));
        count("hosts", report.at("/totals/hosts").asLong());
        count("conversations", report.at("/totals/conversations").asLong());
        count("packets that could not be read", report.at("/totals/unread").asLong());
        count("packets lost while capturing", report.at("/quality/dropped").asLong());
    }

    private void incidents() {
        head("Incidents");
        count("incidents", report.at("/alert_counts/total").asLong());
        report.at("/alert_counts/by_severity").properties().forEach(severity -> {
            if (severity.getValue().asLong() > 0) {
                named("severity " + severity.getKey(), severity.getValue());
            }
        });
        report.at("/alert_counts/by_rule").properties().stream()
                .limit(LISTED)
                .forEach(rule -> named("rule " + rule.getKey(), rule.getValue()));
        count(
                "alerts that the settings suppressed",
                report.at("/alert_counts/suppressed").asLong());
    }

    private void findings() {
        FindingReader reader = new FindingReader(report);
        int told = 0;
        for (JsonNode alert : report.path("alerts")) {
            if (told++ == FINDINGS) {
                return;
            }
            finding(AlertJson.read(alert), reader.read(alert, told));
        }
    }

    private void finding(AlertDocument alert, Finding finding) {
        Evidence evidence = alert.tripline();
        head("Finding, the riskiest first");
        name("rule", finding.ruleName());
        line("severity", finding.level().label());
        line("risk", finding.risk() + " of 100");
        line("confidence", finding.confidence() + " %");
        time("began", alert.event().start());
        time("ended", alert.event().end());
        line("duration", finding.duration());
        line("direction", finding.direction());
        address("source", alert.sourceIp());
        address("target", alert.destinationIp());
        count(
                "different sources",
                evidence.sources() == null ? 0 : evidence.sources().distinct());
        count("different targets", evidence.targets().distinct());
        count("packets", evidence.packets());
        line("bytes", Words.bytes(evidence.bytes()));
        count("ports probed", evidence.ports().distinct());
        count("open", evidence.ports().open().size());
        count("closed", evidence.ports().closed());
        count("without a response", Objects.requireNonNullElse(evidence.ports().filtered(), 0L));
        finding.techniques().forEach(technique -> name("technique " + technique.name(), technique.value()));
        finding.tests()
                .forEach(test -> name("counted, " + test.name(), test.value() + ", threshold " + test.threshold()));
        if (!finding.attack().id().isEmpty()) {
            name(
                    "ATT&CK technique",
                    finding.attack().id() + " " + finding.attack().name());
        }
    }

    private void indicators() {
        head("Indicators: packets that occur in harmless traffic as well");
        int told = 0;
        for (JsonNode indicator : report.path("indicators")) {
            if (told++ == LISTED) {
                return;
            }
            named(Format.text(indicator.path("name")), indicator.path("count"));
        }
    }

    private void protocols() {
        head("Packets by protocol");
        report.path("protocols").properties().stream()
                .limit(LISTED)
                .forEach(protocol -> named(protocol.getKey(), protocol.getValue()));
    }

    private void head(String words) {
        text.append(words).append('\n');
    }

    private void line(String name, String value) {
        if (!value.isEmpty()) {
            text.append("- ").append(name).append(": ").append(value).append('\n');
        }
    }

    private void count(String name, long count) {
        if (count > 0) {
            line(name, Words.count(count));
        }
    }

    private void named(String name, JsonNode count) {
        name(name, Words.count(count.asLong()));
    }

    /** A line of which part stands as text in the file: told where it looks like a name of ours. */
    private void name(String name, String value) {
        if (NAME.matcher(name).matches() && NAME.matcher(value).matches()) {
            line(name, value);
        }
    }

    private void time(String name, JsonNode time) {
        time(name, time.asText());
    }

    private void time(String name, String time) {
        String value = Format.time(time);
        if (!value.equals(Format.text(time))) {
            line(name, value + " UTC");
        }
    }

    private void address(String name, String address) {
        if (addresses && ADDRESS.matcher(address).matches()) {
            line(name, address);
        }
    }
}
