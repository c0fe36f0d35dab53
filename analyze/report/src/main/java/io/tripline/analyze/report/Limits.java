package io.tripline.analyze.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.Words;
import java.util.ArrayList;
import java.util.List;

/** What was not analysed, and what the report leaves out. */
public final class Limits {
    private static final int PROBLEMS = 50;

    private final JsonNode report;
    private final List<Group> groups = new ArrayList<>();

    private Limits(JsonNode report) {
        this.report = report;
    }

    /** Limits of one kind; {@code calm} where there is nothing to worry about. */
    public record Group(String name, boolean calm, List<String> items) {}

    static List<Group> of(JsonNode report) {
        Limits limits = new Limits(report);
        limits.packets();
        limits.files();
        limits.rules();
        limits.settings();
        limits.lists();
        limits.always();
        return limits.groups;
    }

    private void packets() {
        List<String> items = new ArrayList<>();
        long packets = report.path("packets").asLong();
        report.path("unread")
                .properties()
                .forEach(unread -> items.add(Words.count(unread.getValue().asLong(), "packet")
                        + " (" + Format.share(unread.getValue().asLong(), packets) + ") not read: "
                        + Format.text(unread.getKey(), 100).replace('-', ' ')));
        JsonNode quality = report.path("quality");
        add(items, quality.path("dropped"), "packet", " lost during capture, as the capture records");
        add(items, quality.path("out_of_order"), "packet", " out of order in time");
        add(items, quality.path("reordered"), "packet", " reordered by time");
        add(items, quality.path("impossible_times"), "packet", " with a time far ahead of the packets around them");
        add(items, quality.path("clock_set_backs"), "time", " the capture's clock was set back");
        add(items, quality.path("one_sided"), "packet", " at a tap that shows no responses");
        add(items, quality.path("conversations_evicted"), "conversation", " evicted early to bound memory");
        add(items, quality.path("late"), "second of traffic", " arrived too late to be evaluated");
        group("Packets", items, "Every packet of the captures was read, and the captures name no losses.");
    }

    private static void add(List<String> items, JsonNode count, String thing, String what) {
        if (count.asLong() > 0) {
            items.add(Words.count(count.asLong(), thing) + what);
        }
    }

    private void files() {
        List<String> items = new ArrayList<>();
        for (JsonNode problem : report.path("problems")) {
            if (items.size() == PROBLEMS) {
                items.add("and " + Words.count(report.path("problems").size() - PROBLEMS) + " more");
                break;
            }
            items.add(Format.text(problem));
        }
        group("Files", items, "Every capture was read to its end.");
    }

    private void rules() {
        if (!report.has("rules")) {
            return;
        }
        List<String> off = new ArrayList<>();
        for (JsonNode rule : report.path("rules")) {
            if (!rule.path("state").asText().equals("on")) {
                off.add(Format.text(rule.path("name")) + " (" + Format.text(rule.path("id")) + ") was "
                        + Format.text(rule.path("state").asText(), 20)
                        + (rule.path("state").asText().equals("idle") ? ": it has no list to match" : ""));
            }
        }
        group("Rules", off, "All " + report.path("rules").size() + " rules were on.");
    }

    private void settings() {
        List<String> items = new ArrayList<>();
        report.at("/alert_counts/suppressed_by")
                .properties()
                .forEach(entry -> items.add(Words.count(entry.getValue().asLong(), "alert") + " suppressed by "
                        + Format.text(entry.getKey(), 300)));
        report.at("/alert_counts/allow_lapsed")
                .properties()
                .forEach(entry -> items.add(Words.count(entry.getValue().asLong(), "alert")
                        + " raised because allow entry " + Format.text(entry.getKey(), 300) + " had expired"));
        String file = Format.text(report.path("settings"));
        if (!file.isEmpty()) {
            items.add("Thresholds, zones and exceptions are those of " + file);
        }
        boolean calm = report.at("/alert_counts/suppressed").asLong() == 0
                && report.at("/alert_counts/allow_lapsed").isEmpty();
        groups.add(new Group(
                "Settings", calm, items.isEmpty() ? List.of("Built-in thresholds; nothing was suppressed.") : items));
    }

    private void lists() {
        List<String> items = new ArrayList<>();
        for (JsonNode list : report.path("intel")) {
            List<String> not = new ArrayList<>();
            list.path("not_understood")
                    .properties()
                    .forEach(kind ->
                            not.add(Words.count(kind.getValue().asLong()) + " " + Format.text(kind.getKey(), 64)));
            items.add(Format.text(list.path("name")) + ": "
                    + Words.count(list.path("entries").asLong()) + " entries"
                    + (not.isEmpty() ? "" : ", not understood: " + String.join(", ", not)));
        }
        if (!items.isEmpty()) {
            groups.add(new Group("Lists of addresses and domains", true, items));
        }
    }

    private void always() {
        groups.add(new Group(
                "What no capture shows",
                true,
                List.of(
                        "Encrypted content is not decrypted; activity that sends no packet past the tap is not visible.",
                        "Service names are those of the ports, tool names are hints, and no external service was queried about an address.",
                        "Each rule's own limits are on its page in docs/detections.")));
    }

    private void group(String name, List<String> items, String calm) {
        groups.add(items.isEmpty() ? new Group(name, true, List.of(calm)) : new Group(name, false, items));
    }
}
