package io.tripline.analyze;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.job.activity.IndicatorEvent;
import io.tripline.job.activity.TrafficMinute;
import io.tripline.job.activity.TrafficMinute.Volume;
import io.tripline.job.incident.Severity;
import io.tripline.schemas.Address;
import io.tripline.sensor.capture.CaptureProblem;
import io.tripline.sensor.capture.CaptureSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The summary for programs: {@code --json} on standard output, and {@code report.json}, which holds the same and more. */
final class SummaryJson {
    private static final int LISTED_SOURCES = 100;

    private SummaryJson() {}

    /** One JSON object on one line. */
    static String text(Summary summary) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            figures(summary, json);
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The same with captures, problems, first indicators and all alerts. */
    static void writeReport(Summary summary, Results results, Path file) throws IOException {
        try (JsonGenerator json = Json.generator(file)) {
            json.writeStartObject();
            figures(summary, json);
            json.writeArrayFieldStart("capture");
            for (CaptureSummary capture : summary.captures()) {
                write(capture, json);
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
            json.writeFieldName("documents");
            json.writeStartArray();
            for (AlertLog.Entry entry : summary.alerts()) {
                json.writeRawValue(results.alerts().document(entry));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void figures(Summary summary, JsonGenerator json) throws IOException {
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
        json.writeObjectFieldStart("indicators");
        for (Map.Entry<String, Long> indicator : traffic.indicators().entrySet()) {
            json.writeNumberField(indicator.getKey(), indicator.getValue());
        }
        json.writeEndObject();
        alerts(summary, json);
        json.writeObjectFieldStart("unread");
        for (Map.Entry<String, Volume> unread : traffic.unread().entrySet()) {
            json.writeNumberField(unread.getKey(), unread.getValue().packets());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("quality");
        json.writeNumberField("dropped", traffic.dropped());
        json.writeNumberField("out_of_order", traffic.outOfOrder());
        json.writeNumberField("conversations_evicted", traffic.evicted());
        json.writeNumberField("late", summary.late());
        json.writeNumberField("unusable_places", summary.problemCount());
        json.writeEndObject();
        sources(traffic, json);
        json.writeArrayFieldStart("outputs");
        for (Path output : summary.outputs()) {
            json.writeString(output.toString());
        }
        json.writeEndArray();
    }

    private static void alerts(Summary summary, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("alerts");
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
        json.writeEndObject();
    }

    /** What the busiest sources sent, most packets first. */
    private static void sources(TrafficMinute traffic, JsonGenerator json) throws IOException {
        List<Map.Entry<Address, Volume>> busiest = traffic.sources().entrySet().stream()
                .sorted(Map.Entry.<Address, Volume>comparingByValue(
                                Comparator.comparingLong(Volume::packets).reversed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(LISTED_SOURCES)
                .toList();
        json.writeArrayFieldStart("sources");
        for (Map.Entry<Address, Volume> source : busiest) {
            json.writeStartObject();
            json.writeStringField("ip", source.getKey().toString());
            json.writeNumberField("packets_sent", source.getValue().packets());
            json.writeNumberField("bytes_sent", source.getValue().bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(CaptureSummary capture, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", Terminal.safe(capture.name()));
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
