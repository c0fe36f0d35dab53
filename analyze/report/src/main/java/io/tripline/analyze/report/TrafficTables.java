package io.tripline.analyze.report;

import static io.tripline.analyze.report.Table.Builder.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.AlertDocuments;
import io.tripline.analyze.report.chart.Words;
import io.tripline.schemas.alert.AlertDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables about the traffic: who sent what to whom, by which protocols. */
final class TrafficTables {
    private static final int HOSTS = 30;
    private static final int CONVERSATIONS = 30;
    private static final int SERVICES = 40;
    private static final int LAYERS = 80;

    private final JsonNode report;
    private final long packets;

    TrafficTables(JsonNode report) {
        this.report = report;
        this.packets = report.path("packets").asLong();
    }

    /** Hosts as sources and as destinations, those with most packets first. */
    Table hosts() {
        Map<String, JsonNode> hosts = new LinkedHashMap<>();
        report.path("sources").forEach(host -> hosts.put(host.path("ip").asText(), host));
        report.path("targets").forEach(host -> hosts.put(host.path("ip").asText(), host));
        Map<String, Long> targeted = new HashMap<>();
        for (AlertDocument alert : AlertDocuments.of(report)) {
            List<String> targets = alert.destinationIp().isEmpty()
                    ? alert.tripline().targets().sample()
                    : List.of(alert.destinationIp());
            targets.forEach(target -> targeted.merge(target, 1L, Long::sum));
        }
        List<JsonNode> busiest = new ArrayList<>(hosts.values());
        busiest.sort((a, b) -> Long.compare(packets(b), packets(a)));
        Table.Builder table = Table.of("hosts", "Sources and destinations")
                .code("Address")
                .figures(
                        "As source",
                        "As destination",
                        "Total packets",
                        "Sent",
                        "Received",
                        "Indicators",
                        "Incidents as actor",
                        "As target");
        for (JsonNode host : busiest.subList(0, Math.min(HOSTS, busiest.size()))) {
            long indicators = 0;
            for (JsonNode count : host.path("indicators")) {
                indicators += count.asLong();
            }
            table.row(
                    Format.text(host.path("ip")),
                    host.path("packets_sent").asLong(),
                    host.path("packets_received").asLong(),
                    packets(host),
                    bytes(host.path("bytes_sent").asLong()),
                    bytes(host.path("bytes_received").asLong()),
                    indicators,
                    host.path("alerts").asLong(),
                    targeted.getOrDefault(host.path("ip").asText(), 0L));
        }
        long all = report.at("/totals/hosts").asLong();
        long others = report.at("/totals/packets_of_other_hosts").asLong();
        return table.note(left(table.size(), all, "host")
                + (others > 0
                        ? " " + Words.count(others, "packet") + " more belong to hosts not listed individually."
                        : ""));
    }

    private static long packets(JsonNode host) {
        return host.path("packets_sent").asLong()
                + host.path("packets_received").asLong();
    }

    /** Who began with whom. */
    Table conversations() {
        Table.Builder table = Table.of("conversations", "Conversations with most bytes")
                .code("Initiator", "Responder")
                .text("Service")
                .figures("Packets out", "Packets in", "Bytes out", "Bytes in", "Accepted")
                .text("First", "Last");
        for (JsonNode one : report.path("conversations")) {
            if (table.size() == CONVERSATIONS) {
                break;
            }
            String name = Format.text(one.path("name"));
            table.row(
                    Format.text(one.path("initiator")),
                    Format.text(one.path("responder")),
                    Format.text(one.path("service")) + (name.isEmpty() ? "" : " (" + name + ")"),
                    one.path("packets_out").asLong(),
                    one.path("packets_in").asLong(),
                    bytes(one.path("bytes_out").asLong()),
                    bytes(one.path("bytes_in").asLong()),
                    one.path("accepted").asLong(),
                    Format.time(one.path("first")),
                    Format.time(one.path("last")));
        }
        long others = report.at("/totals/packets_of_other_conversations").asLong();
        return table.note(left(table.size(), report.at("/totals/conversations").asLong(), "conversation")
                + (others > 0
                        ? " " + Words.count(others, "packet") + " more belong to conversations not listed individually."
                        : ""));
    }

    /** Services that accepted. */
    Table services() {
        Table.Builder table = Table.of("services", "Services that accepted connections")
                .code("Host", "Service")
                .text("Usual name")
                .figures("Times")
                .text("First");
        for (JsonNode one : report.path("services")) {
            if (table.size() == SERVICES) {
                break;
            }
            table.row(
                    Format.text(one.path("ip")),
                    Format.text(one.path("service")),
                    Format.text(one.path("name")),
                    one.path("times").asLong(),
                    Format.time(one.path("first")));
        }
        return table.note(left(table.size(), report.path("services").size(), "service")
                + " Names are those of the port numbers, not of the protocol observed.");
    }

    /** Layers with what is above them. */
    Table hierarchy() {
        Table.Builder table = Table.of("hierarchy", "Protocol hierarchy: each layer contains those above it")
                .code("Layer")
                .figures("Packets", "Share", "Bytes");
        for (JsonNode layer : report.path("hierarchy")) {
            if (table.size() == LAYERS) {
                break;
            }
            String path = Format.text(layer.path("path"));
            long depth = path.chars().filter(character -> character == '/').count();
            long count = layer.path("packets").asLong();
            table.row(
                    new Table.Cell(
                            "\u2003".repeat((int) Math.min(depth, 8)) + path.substring(path.lastIndexOf('/') + 1),
                            path),
                    count,
                    new Table.Cell(Format.share(count, packets), String.valueOf(count)),
                    bytes(layer.path("bytes").asLong()));
        }
        return table.note(left(table.size(), report.path("hierarchy").size(), "layer"));
    }

    /** Packets by the protocol that was made out. */
    Table protocols() {
        Table.Builder table =
                Table.of("protocols", "Packets by protocol").text("Protocol").figures("Packets", "Share");
        List<Map.Entry<String, JsonNode>> protocols =
                new ArrayList<>(report.path("protocols").properties());
        protocols.sort(
                (a, b) -> Long.compare(b.getValue().asLong(), a.getValue().asLong()));
        for (Map.Entry<String, JsonNode> protocol : protocols.subList(0, Math.min(LAYERS, protocols.size()))) {
            long count = protocol.getValue().asLong();
            table.row(
                    Format.text(protocol.getKey(), 64),
                    count,
                    new Table.Cell(Format.share(count, packets), String.valueOf(count)));
        }
        return table.note(left(table.size(), protocols.size(), "protocol"));
    }

    /** What a table has no room for; empty where it has all. */
    static String left(long shown, long all, String thing) {
        return all > shown
                ? "Shown: " + Words.count(shown) + " of " + Words.count(all, thing) + "; report.json may hold more."
                : "";
    }
}
