package io.tripline.analyze;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.analyze.report.chart.sample.ChartData;
import io.tripline.analyze.report.chart.sample.ChartSamples;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.intel.IntelCounts;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.rules.traffic.TrafficMinute.Volume;
import io.tripline.schemas.Address;
import io.tripline.schemas.Indicator;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.sensor.capture.CaptureProblem;
import io.tripline.sensor.capture.CaptureSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The summary for programs: {@code --json} on standard output, and {@code report.json}, which holds the same and more.
 *
 * <p>Two keys differ: in the report {@code alerts} are the documents, and their figures stand in {@code alert_counts};
 * {@code indicators} is a list with the name and the first packet of each.
 */
final class SummaryJson {
    private static final int LISTED_SOURCES = 20;

    private SummaryJson() {}

    /** One JSON object on one line. */
    static String text(Summary summary, Results results) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            figures(summary, results, json);
            json.writeObjectFieldStart("indicators");
            for (Map.Entry<String, Long> indicator :
                    summary.traffic().indicators().entrySet()) {
                json.writeNumberField(indicator.getKey(), indicator.getValue());
            }
            json.writeEndObject();
            counts("alerts", summary, json);
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Writes {@code report.json}: the summary with captures, problems, first indicators and all alerts. */
    static void writeReport(
            Summary summary, Results results, ChartSamples samples, Fingerprints fingerprints, About about, Path file)
            throws IOException {
        try (JsonGenerator json = Json.generator(file)) {
            json.writeStartObject();
            about.write(json);
            figures(summary, results, json);
            json.writeArrayFieldStart("capture");
            for (CaptureSummary capture : summary.captures()) {
                write(capture, fingerprints, json);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("problems");
            for (CaptureProblem problem : summary.problems()) {
                json.writeString(Terminal.safe(problem.toString()));
            }
            json.writeEndArray();
            json.writeArrayFieldStart("events");
            for (IndicatorEvent event : results.events()) {
                IndicatorFile.write(event, json);
            }
            json.writeEndArray();
            indicators(summary, results, json);
            counts("alert_counts", summary, json);
            charts(summary, results, samples, json);
            json.writeArrayFieldStart("alerts");
            for (AlertLog.Entry entry : summary.alerts()) {
                json.writeRawValue(results.alerts().document(entry));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void charts(Summary summary, Results results, ChartSamples samples, JsonGenerator json)
            throws IOException {
        List<AlertDocument> documents = new ArrayList<>();
        Stream<AlertLog.Entry> scans = riskiest(summary, ChartData::isScan, ChartData.MAPS);
        Stream<AlertLog.Entry> tunnels = riskiest(summary, ChartData::isTunnel, ChartData.TUNNELS);
        for (AlertLog.Entry entry : Stream.concat(scans, tunnels).toList()) {
            documents.add(results.alerts().read(entry));
        }
        ChartData.write(samples, results.sourceMinutes(), documents, json);
    }

    private static Stream<AlertLog.Entry> riskiest(Summary summary, Predicate<String> rule, int limit) {
        return summary.alerts().stream()
                .filter(entry -> rule.test(entry.alert().rule()))
                .sorted(Comparator.comparingInt(entry -> -entry.alert().risk()))
                .limit(limit);
    }

    private static void figures(Summary summary, Results results, JsonGenerator json) throws IOException {
        TrafficMinute traffic = summary.traffic();
        json.writeNumberField("packets", traffic.total().packets());
        json.writeNumberField("bytes", traffic.total().bytes());
        if (traffic.first() <= traffic.last()) {
            json.writeStringField("first", Json.time(traffic.first()));
            json.writeStringField("last", Json.time(traffic.last()));
        }
        json.writeNumberField("seconds", Math.round(summary.seconds() * 1_000) / 1_000.0);
        json.writeNumberField("packets_per_second", summary.packetsPerSecond());
        json.writeObjectFieldStart("protocols");
        for (Map.Entry<String, Volume> protocol : traffic.protocols().entrySet()) {
            json.writeNumberField(protocol.getKey(), protocol.getValue().packets());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("unread");
        for (Map.Entry<String, Volume> unread : traffic.unread().entrySet()) {
            json.writeNumberField(unread.getKey(), unread.getValue().packets());
        }
        json.writeEndObject();
        TrafficJson.write(summary, results.events(), json);
        intel(summary, json);
        json.writeArrayFieldStart("outputs");
        for (Path output : summary.outputs()) {
            json.writeString(output.toString());
        }
        json.writeEndArray();
    }

    /** What loading each list gave; not there where no list is set. */
    private static void intel(Summary summary, JsonGenerator json) throws IOException {
        if (summary.intel().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("intel");
        for (IntelCounts list : summary.intel()) {
            json.writeStartObject();
            json.writeStringField("name", list.list().name());
            json.writeStringField("kind", list.list().kind());
            json.writeStringField("file", Terminal.safe(list.file()));
            json.writeNumberField("read", list.read());
            json.writeNumberField("entries", list.entries());
            json.writeNumberField("duplicates", list.duplicates());
            json.writeObjectFieldStart("not_understood");
            for (Map.Entry<String, Long> kind : list.notUnderstood().entrySet()) {
                json.writeNumberField(kind.getKey(), kind.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void indicators(Summary summary, Results results, JsonGenerator json) throws IOException {
        Map<Indicator, Long> first = new EnumMap<>(Indicator.class);
        results.events().forEach(event -> first.merge(event.indicator(), event.time(), Math::min));
        results.volumes().forEach(alert -> first.merge(Indicator.VOLUME, alert.firstSeen(), Math::min));
        json.writeArrayFieldStart("indicators");
        for (Indicator indicator : Indicator.values()) {
            Long packets = summary.traffic().indicators().get(indicator.id());
            if (packets != null) {
                json.writeStartObject();
                json.writeStringField("id", indicator.id());
                json.writeStringField("name", indicator.reportName());
                json.writeNumberField("count", packets);
                Long time = first.get(indicator);
                if (time != null) {
                    json.writeStringField("first", Json.time(time));
                }
                json.writeArrayFieldStart("sources");
                for (String source : sources(results, indicator)) {
                    json.writeString(source);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    /** Who sent the packets listed, the lowest addresses. */
    private static List<String> sources(Results results, Indicator indicator) {
        Stream<Address> senders = indicator == Indicator.VOLUME
                ? results.volumes().stream().map(Alert::actor)
                : results.events().stream()
                        .filter(event -> event.indicator() == indicator)
                        .map(IndicatorEvent::source);
        return senders.distinct()
                .sorted()
                .limit(LISTED_SOURCES)
                .map(Address::toString)
                .toList();
    }

    private static void counts(String field, Summary summary, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("total", summary.alerts().size());
        json.writeObjectFieldStart("by_severity");
        for (Map.Entry<Severity, Long> severity : summary.bySeverity().entrySet()) {
            json.writeNumberField(severity.getKey().id(), severity.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("by_rule");
        for (Map.Entry<String, Long> rule : summary.byRule().entrySet()) {
            json.writeNumberField(rule.getKey(), rule.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("suppressed", summary.suppressed().size());
        json.writeObjectFieldStart("suppressed_by");
        for (Map.Entry<String, Long> entry : summary.suppressedBy().entrySet()) {
            json.writeNumberField(Terminal.safe(entry.getKey()), entry.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("allow_lapsed");
        for (Map.Entry<String, Long> entry : summary.lapsed().entrySet()) {
            json.writeNumberField(Terminal.safe(entry.getKey()), entry.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(CaptureSummary capture, Fingerprints fingerprints, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("file", Terminal.safe(capture.name()));
        String fingerprint = fingerprints.of(capture.name());
        if (fingerprint != null) {
            json.writeStringField("sha256", fingerprint);
        }
        json.writeStringField(
                "format", capture.format() == null ? "none" : capture.format().toString());
        json.writeArrayFieldStart("link_types");
        for (int linkType : capture.linkTypes()) {
            json.writeNumber(linkType);
        }
        json.writeEndArray();
        json.writeNumberField("packets", capture.packets());
        json.writeNumberField("bytes", capture.bytes());
        if (capture.packets() > 0) {
            json.writeStringField("first", Json.time(Math.floorDiv(capture.first(), 1_000L)));
            json.writeStringField("last", Json.time(Math.floorDiv(capture.last(), 1_000L)));
        }
        json.writeEndObject();
    }
}
