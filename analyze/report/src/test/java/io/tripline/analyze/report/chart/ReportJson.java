package io.tripline.analyze.report.chart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Makes what charts read of a {@code report.json}. */
final class ReportJson {
    static final String START = "2026-11-22T06:40:00.000000Z";

    private final ObjectNode root = new ObjectMapper().createObjectNode();
    private final ArrayNode timeline = root.putArray("timeline");
    private final ArrayNode hierarchy = root.putArray("hierarchy");
    private final ArrayNode alerts = root.putArray("alerts");
    private final ObjectNode charts = root.putObject("charts");

    ObjectNode node() {
        return root;
    }

    /** A minute told by the second; its time is that of {@link #START} and so many minutes. */
    ReportJson minute(int number, int... perSecond) {
        ObjectNode entry = timeline.addObject();
        entry.put("time", Instant.parse(START).plusSeconds(60L * number).toString());
        entry.put("seconds", 60);
        ArrayNode seconds = entry.putArray("per_second");
        for (int i = 0; i < 60; i++) {
            seconds.add(i < perSecond.length ? perSecond[i] : 0);
        }
        return this;
    }

    ReportJson stretch(int number, int seconds, long packets) {
        timeline.addObject()
                .put(
                        "time",
                        Instant.parse(START)
                                .plusSeconds((long) seconds * number)
                                .toString())
                .put("seconds", seconds)
                .put("packets", packets);
        return this;
    }

    ReportJson layer(String path, long packets, long bytes) {
        hierarchy.addObject().put("path", path).put("packets", packets).put("bytes", bytes);
        return this;
    }

    /** An alert of so many seconds from so many seconds after {@link #START} on. */
    ObjectNode alert(String id, String rule, int severity, int from, int seconds) {
        ObjectNode alert = alerts.addObject();
        alert.putObject("event")
                .put("id", id)
                .put("start", Instant.parse(START).plusSeconds(from).toString())
                .put("end", Instant.parse(START).plusSeconds(from + seconds).toString())
                .put("severity", severity);
        alert.putObject("rule").put("id", rule);
        alert.putObject("source").put("ip", "10.0.0.66");
        alert.putObject("tripline");
        return alert;
    }

    ObjectNode charts() {
        return charts;
    }

    /** A map without points yet. */
    ArrayNode portMap(String alert, String target, boolean sampled) {
        return charts.withArray("port_maps")
                .addObject()
                .put("alert", alert)
                .put("target", target)
                .put("sampled", sampled)
                .put("start", START)
                .putArray("points");
    }

    static void probe(ArrayNode points, double second, int port, String outcome) {
        points.addArray().add(second).add(port).add("tcp").add("syn").add(outcome);
    }

    /** A sample without points yet. */
    ArrayNode entropies(String field) {
        return charts.putObject(field).put("sampled", false).putArray("points");
    }

    ArrayNode sources() {
        ObjectNode minutes = charts.putObject("source_minutes");
        minutes.put("sampled", false).put("floor_bytes", 2_000_000);
        return minutes.putArray("busiest");
    }

    static void source(ArrayNode sources, String ip, long bytes, long beyond) {
        sources.addObject().put("ip", ip).put("packets", 10).put("bytes", bytes).put("beyond", beyond);
    }
}
