package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.rules.traffic.TrafficDocument;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.schemas.AlertSchema;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The mapping of alerts has what the schema has, no more and no less, and each field the type that fits. */
class AlertTemplateTest {
    private static JsonNode mappings(String name) throws IOException {
        return ElasticTemplates.read(name).path("template").path("mappings");
    }

    private static Map<String, String> mapped(String name) throws IOException {
        Map<String, String> types = new TreeMap<>();
        walkMapping("", mappings(name), types);
        return types;
    }

    private static void walkMapping(String at, JsonNode mapping, Map<String, String> types) {
        for (Map.Entry<String, JsonNode> field : mapping.path("properties").properties()) {
            String name = at.isEmpty() ? field.getKey() : at + "." + field.getKey();
            if (field.getValue().has("properties")) {
                walkMapping(name, field.getValue(), types);
            } else {
                types.put(name, field.getValue().path("type").asText());
            }
        }
    }

    /** Leaves of the schema, with the kind of value that each has. */
    private static void walkSchema(String at, JsonNode schema, Map<String, String> kinds) {
        if (schema.has("$ref")) {
            kinds.put(at, schema.path("$ref").asText().replace("#/$defs/", ""));
        } else if (schema.has("properties")) {
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                walkSchema(at.isEmpty() ? property.getKey() : at + "." + property.getKey(), property.getValue(), kinds);
            }
        } else if (schema.has("items")) {
            walkSchema(at, schema.path("items"), kinds);
        } else if (schema.has("type")) {
            kinds.put(at, schema.path("type").asText());
        } else {
            JsonNode example = schema.has("const")
                    ? schema.path("const")
                    : schema.path("enum").path(0);
            JsonNode value = example.isArray() ? example.path(0) : example;
            kinds.put(at, value.isNumber() ? "integer" : "string");
        }
    }

    private static boolean fits(String field, String kind, String type) {
        return switch (kind) {
            case "time" -> type.equals("date");
            case "ip" -> type.equals("ip");
            case "port" -> type.equals("integer");
            case "mac" -> type.equals("keyword");
            case "boolean" -> type.equals("boolean");
            case "number" -> type.equals("float");
            case "integer" -> field.equals("event.risk_score") ? type.equals("float") : type.equals("long");
            default ->
                switch (field) {
                    case "message" -> type.equals("text");
                    case "tripline.allowed_by.expires", "tripline.allow_lapsed.expires" -> type.equals("date");
                    default -> type.equals("keyword");
                };
        };
    }

    @Test
    void shouldMapEveryFieldOfTheSchemaAndNothingElse() throws IOException {
        Map<String, String> kinds = new TreeMap<>();
        walkSchema("", AlertSchema.text(), kinds);
        Map<String, String> types = mapped("tripline-alerts-mappings");
        types.keySet().removeIf(field -> !isOurs(field));

        assertThat(types.keySet()).hasSizeGreaterThan(100).containsExactlyElementsOf(kinds.keySet());
        assertThat(kinds)
                .allSatisfy((field, kind) -> assertThat(fits(field, kind, types.getOrDefault(field, "")))
                        .as("%s, %s, as %s", field, kind, types.get(field))
                        .isTrue());
    }

    private static boolean isOurs(String field) {
        return AnnotatedAlerts.OURS.contains(field.replaceFirst("\\..*", ""));
    }

    /** So that what people write can be searched. */
    @Test
    void shouldMapWhatAnalystsWrite() throws IOException {
        Map<String, String> types = mapped("tripline-alerts-mappings");
        types.keySet().removeIf(AlertTemplateTest::isOurs);

        assertThat(types)
                .containsEntry("labels", "flattened")
                .containsEntry("tags", "keyword")
                .containsEntry("analyst.note", "text")
                .containsEntry("kibana.alert.workflow_status", "keyword");
    }

    @Test
    void shouldNotIndexWhatItDoesNotKnow() throws IOException {
        for (String name : new String[] {"tripline-alerts-mappings", "tripline-traffic-mappings"}) {
            assertThat(mappings(name).path("dynamic")).hasToString("false");
        }
    }

    @Test
    void shouldMapEveryFieldOfATrafficDocument() throws IOException {
        Map<String, String> kinds = new TreeMap<>();
        walkDocument(
                "",
                new com.fasterxml.jackson.databind.ObjectMapper().readTree(TrafficDocument.json(liveMinute())),
                kinds);
        assertThat(kinds).containsKeys("observer.version", "tripline.traffic.sensor.heard");

        assertThat(mapped("tripline-traffic-mappings")).containsAllEntriesOf(kinds);
    }

    private static TrafficMinute liveMinute() {
        PacketBatch heartbeat = new PacketBatch();
        heartbeat.setSensor("lan");
        heartbeat.setSegment("office");
        heartbeat.setVersion("1.2.3");
        heartbeat.setTime(1_767_225_600_000_000L);
        heartbeat.setNewest(heartbeat.getTime());
        heartbeat.setSentAt(heartbeat.getTime());
        heartbeat.setRun(heartbeat.getTime());
        heartbeat.setProtocols(List.of());
        heartbeat.setUnread(List.of());
        heartbeat.setRecords(List.of());
        heartbeat.setVolumes(List.of());
        List<TrafficMinute> minutes = new ArrayList<>();
        TrafficFold fold = new TrafficFold(second -> {}, minutes::add, event -> {});
        fold.add(heartbeat);
        fold.flush();
        return minutes.get(0);
    }

    private static void walkDocument(String at, JsonNode value, Map<String, String> kinds) {
        if (value.isObject()) {
            value.properties()
                    .forEach(field -> walkDocument(
                            at.isEmpty() ? field.getKey() : at + "." + field.getKey(), field.getValue(), kinds));
        } else if (!value.isArray()) {
            boolean time = value.asText().endsWith("Z");
            kinds.put(at, value.isBoolean() ? "boolean" : value.isNumber() ? "long" : time ? "date" : "keyword");
        }
    }

    @Test
    void shouldCarryItsVersionWhereInstallersAndPeopleLook() throws IOException {
        for (String name : new String[] {"tripline-alerts", "tripline-traffic"}) {
            JsonNode template = ElasticTemplates.read(name);
            JsonNode mappings = ElasticTemplates.read(name + "-mappings");
            assertThat(template.path("version").asInt()).isPositive();
            assertThat(new JsonNode[] {
                        template.path("_meta").path("version"),
                        mappings.path("version"),
                        mappings.path("_meta").path("version"),
                        mappings.path("template").path("mappings").path("_meta").path("version")
                    })
                    .containsOnly(template.path("version"));
        }
    }
}
