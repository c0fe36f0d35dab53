package io.tripline.analyze.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The figures of an alert document in words, those that count first. What has no words of its own is told by its key.
 */
public final class Evidence {
    private static final int LISTED = 20;
    private static final List<String> GROUPS =
            List.of("tunnel", "flood", "login", "volume", "limit", "intel", "sensor_trouble");
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("tunnel.points", "Combined score"),
            Map.entry("tunnel.names", "Distinct names that look encoded"),
            Map.entry("tunnel.queries", "Queries for them"),
            Map.entry("tunnel.answers", "Responses to them"),
            Map.entry("tunnel.refused", "NXDOMAIN responses"),
            Map.entry("tunnel.types", "Record types queried"),
            Map.entry("tunnel.longest_name", "Longest name below the domain, characters"),
            Map.entry("tunnel.bytes_up", "Data to the responder, about"),
            Map.entry("tunnel.bytes_down", "Data to the initiator, about"),
            Map.entry("tunnel.payloads", "Distinct payloads"),
            Map.entry("tunnel.payloads_only_in_replies", "Payloads found in replies only"),
            Map.entry("tunnel.requests", "Echo requests with a payload"),
            Map.entry("tunnel.replies", "Echo replies with a payload"),
            Map.entry("tunnel.mean_size", "Mean size of distinct payloads, bytes"),
            Map.entry("tunnel.largest", "Largest payload, bytes"),
            Map.entry("flood.kind", "Packet types"),
            Map.entry("flood.peak_per_second", "Peak packets per second"),
            Map.entry("flood.usual_per_second", "Packets per second before, mean"),
            Map.entry("flood.usual_seconds", "Seconds of that baseline"),
            Map.entry("flood.uncompleted_percent", "Incomplete handshakes, percent"),
            Map.entry("flood.single_use_percent", "Single-packet sources, percent"),
            Map.entry("login.service", "Service"),
            Map.entry("login.conversations", "Completed conversations"),
            Map.entry("login.ended_by_server", "Of these, closed by the server first"),
            Map.entry("login.bytes_out_each", "Mean bytes from the client"),
            Map.entry("login.bytes_in_each", "Mean bytes from the server"),
            Map.entry("volume.packets", "Packets in the busiest minute"),
            Map.entry("volume.bytes", "Sent in the busiest minute"),
            Map.entry("volume.measure", "Measure"),
            Map.entry("volume.own_median", "Median of its previous minutes"),
            Map.entry("volume.own_minutes", "Previous minutes compared"),
            Map.entry("volume.times_own", "Times its own median"),
            Map.entry("volume.others", "Other sources in that minute"),
            Map.entry("volume.others_median", "Median of what they sent"),
            Map.entry("volume.times_others", "Times the median of the others"),
            Map.entry("intel.list", "List"),
            Map.entry("intel.kind", "List category"),
            Map.entry("intel.entry", "List entry"),
            Map.entry("intel.begun_by", "Initiated by"),
            Map.entry("intel.established", "Answered"),
            Map.entry("intel.tries", "Connection attempts or queries"),
            Map.entry("intel.packets_out", "Packets from the source"),
            Map.entry("intel.bytes_out", "Bytes from the source"),
            Map.entry("intel.packets_in", "Packets to the source"),
            Map.entry("intel.bytes_in", "Bytes to the source"),
            Map.entry("limit.name", "Limit"),
            Map.entry("limit.counts", "Counts"),
            Map.entry("limit.above", "Allowed in a window"),
            Map.entry("limit.window_s", "Window in seconds"),
            Map.entry("limit.network", "Source or network"),
            Map.entry("limit.seen", "Seen in the busiest window"),
            Map.entry("limit.busiest_until", "End of the busiest window"),
            Map.entry("intel.names", "Names queried"),
            Map.entry("sensor_trouble.kind", "Problem"),
            Map.entry("sensor_trouble.value", "Value"),
            Map.entry("sensor_trouble.end", "Resolution"));

    private static final Pattern BYTES = Pattern.compile("volume\\.bytes|.*\\.bytes_(up|down|in|out)");

    private final JsonNode alert;
    private final JsonNode tripline;
    private final List<Fact> facts = new ArrayList<>();

    Evidence(JsonNode alert) {
        this.alert = alert;
        this.tripline = alert.path("tripline");
    }

    List<Fact> facts() {
        text("Domain", tripline.path("domain"));
        for (String group : GROUPS) {
            group(group, tripline.path(group));
        }
        tripline.at("/flood/counts").properties().forEach(count -> fact(count.getKey(), count.getValue()));
        if (tripline.has("entropy")) {
            fact(
                    "Payload entropy, as a share of the maximum for the length",
                    String.format(
                            java.util.Locale.ROOT,
                            "%.2f",
                            tripline.path("entropy").asDouble()));
        }
        topTargets();
        claims();
        ports();
        hosts("Sources", tripline.path("sources"));
        hosts("Targets", tripline.path("targets"));
        flag("Decoys", "decoys", "sources probe the same services at the same instants: most of them are spoofed");
        flag("Spoofed", "spoofed", "there are many source addresses, nearly all used once");
        list("Malformed fingerprinting probes", tripline.path("os_probes"));
        if (tripline.path("tool").isObject()) {
            fact(
                    "Likely tool (a hint)",
                    Format.text(tripline.at("/tool/name")) + ": " + Format.text(tripline.at("/tool/reason")));
        }
        fact(
                "Packets",
                Words.count(tripline.path("packets").asLong()) + " ("
                        + Words.bytes(tripline.path("bytes").asLong()) + ")");
        list("Sensors", alert.at("/observer/name"));
        return facts;
    }

    private void group(String name, JsonNode group) {
        group.properties().forEach(field -> {
            String label = LABELS.get(name + "." + field.getKey());
            boolean bytes = BYTES.matcher(name + "." + field.getKey()).matches();
            if (bytes) {
                fact(
                        label == null ? field.getKey() : label,
                        Words.bytes(field.getValue().asLong()));
            } else if (!field.getValue().isObject() && !field.getKey().equals("top_targets")) {
                fact(label == null ? field.getKey() : label, field.getValue());
            }
        });
    }

    private void topTargets() {
        List<String> targets = new ArrayList<>();
        for (JsonNode target : tripline.at("/limit/top_targets")) {
            targets.add(Format.text(target.path("ip")) + " ("
                    + Words.count(target.path("count").asLong()) + ")");
        }
        if (!targets.isEmpty()) {
            fact("Most of it went to", String.join(", ", targets));
        }
    }

    private void claims() {
        for (JsonNode claim : tripline.at("/claims/addresses")) {
            String owner = Format.text(claim.path("owner"));
            String told =
                    claim.path("everybody").asBoolean() ? "broadcast" : FindingReader.texts(claim.path("told"), LISTED);
            fact(
                    "Address claimed",
                    Format.text(claim.path("ip")) + (claim.path("gateway").asBoolean() ? ", the gateway," : "")
                            + " by " + Format.text(claim.path("claimed_by"))
                            + (owner.isEmpty() ? "" : "; its owner is " + owner)
                            + (told.isEmpty() ? "" : "; sent to " + told));
        }
    }

    private void ports() {
        JsonNode ports = tripline.path("ports");
        if (ports.path("distinct").asLong() == 0) {
            return;
        }
        fact("Ports probed", ports.path("distinct"));
        fact("Port list", Format.text(ports.path("ranges")));
        fact("Refused (closed)", ports.path("closed"));
        if (ports.has("unseen")) {
            fact("Response not visible", ports.path("unseen"));
        } else {
            fact("No response (filtered)", ports.path("filtered"));
        }
    }

    private void hosts(String label, JsonNode hosts) {
        long distinct = hosts.path("distinct").asLong();
        if (distinct > 0) {
            String sample = FindingReader.texts(hosts.path("sample"), LISTED);
            fact(
                    label,
                    Words.count(distinct)
                            + (sample.isEmpty() ? "" : ": " + sample)
                            + (distinct > hosts.path("sample").size() && !sample.isEmpty() ? ", …" : ""));
        }
    }

    private void flag(String label, String key, String meaning) {
        if (tripline.path(key).asBoolean()) {
            fact(label, meaning);
        }
    }

    private void text(String label, JsonNode node) {
        if (node.isTextual()) {
            fact(label, Format.text(node));
        }
    }

    private void list(String label, JsonNode list) {
        if (!list.isEmpty()) {
            fact(label, FindingReader.texts(list, LISTED));
        }
    }

    private void fact(String label, JsonNode node) {
        if (node.isIntegralNumber()) {
            fact(label, Words.count(node.asLong()));
        } else if (node.isBoolean()) {
            fact(label, node.asBoolean() ? "yes" : "no");
        } else if (node.isArray()) {
            list(label, node);
        } else {
            fact(label, Format.text(node));
        }
    }

    private void fact(String label, String value) {
        if (!value.isEmpty()) {
            String words = Format.text(label, 80).replace('_', ' ');
            facts.add(new Fact(Character.toUpperCase(words.charAt(0)) + words.substring(1), value));
        }
    }
}
