package io.tripline.stack.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A panel of a Kibana dashboard: what it asks of one data view.
 *
 * @param dashboard id of the dashboard, which is the name of its file
 * @param json the panel in the form of the Dashboards API
 */
public record KibanaPanel(String dashboard, JsonNode json) {
    public static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    static final Path KIBANA = ROOT.resolve("deploy/kibana");
    static final ObjectMapper JSON = new ObjectMapper();

    /** All dashboards by id. */
    static Map<String, JsonNode> dashboards() {
        Map<String, JsonNode> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(KIBANA.resolve("dashboards"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                all.put(name.replace(".json", ""), JSON.readTree(file.toFile()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** The panels of all dashboards. */
    public static List<KibanaPanel> all() {
        List<KibanaPanel> panels = new ArrayList<>();
        dashboards()
                .forEach((id, dashboard) ->
                        dashboard.path("panels").forEach(panel -> panels.add(new KibanaPanel(id, panel))));
        return panels;
    }

    /** The panel with that id. */
    public static KibanaPanel of(String id) {
        return all().stream().filter(panel -> panel.id().equals(id)).findFirst().orElseThrow();
    }

    public String id() {
        return json.path("id").asText();
    }

    JsonNode config() {
        return json.path("config");
    }

    /** Whether it is a list of documents. */
    public boolean isTable() {
        return json.path("type").asText().equals("discover_session");
    }

    /** What holds data source, buckets and metrics: a chart of one layer, or a list of documents. */
    JsonNode layer() {
        return isTable() ? config().at("/tabs/0") : config().has("layers") ? config().at("/layers/0") : config();
    }

    /** Id of the data view, which is the alias that Tripline's templates make. */
    public String view() {
        return layer().at("/data_source/ref_id").asText();
    }

    /** Filter of the panel; empty where it has none. */
    String filter() {
        return (isTable() ? layer() : config()).at("/query/expression").asText();
    }

    /** Outer bucket first, as Kibana nests them. */
    List<JsonNode> buckets() {
        List<JsonNode> buckets = new ArrayList<>();
        layer().path("rows").forEach(buckets::add);
        for (String name : List.of("breakdown_by", "x")) {
            if (layer().has(name)) {
                buckets.add(layer().path(name));
            }
        }
        return buckets;
    }

    List<JsonNode> metrics() {
        List<JsonNode> metrics = new ArrayList<>();
        layer().path("metrics").forEach(metrics::add);
        layer().path("y").forEach(metrics::add);
        return metrics;
    }

    /** Names of all fields that it shows, counts or sorts by. */
    public Set<String> fields() {
        Set<String> fields = new TreeSet<>();
        Stream.concat(buckets().stream(), metrics().stream()).forEach(part -> {
            part.path("fields").forEach(field -> fields.add(field.asText()));
            if (part.has("field")) {
                fields.add(part.path("field").asText());
            }
        });
        layer().path("column_order").forEach(column -> fields.add(column.asText()));
        layer().path("sort").forEach(sort -> fields.add(sort.path("name").asText()));
        return fields;
    }

    /** How many values its buckets have room for, at least. */
    public int limit() {
        return buckets().stream()
                .mapToInt(bucket -> bucket.path("limit").asInt(Integer.MAX_VALUE))
                .min()
                .orElse(1);
    }

    /** Filters of the panel and of its parts. */
    List<String> expressions() {
        return json.findValues("expression").stream()
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        return id();
    }
}
