package io.tripline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The schema of alerts is itself a schema, closed, bounded and described throughout. */
class AlertSchemaTest {
    @Test
    void shouldBeAJsonSchemaOfDraft2020() {
        JsonSchema metaSchema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(metaSchema.validate(AlertSchema.text())).isEmpty();
        assertThat(metaSchema.validate(AlertSchema.text().<ObjectNode>deepCopy().put("type", "thing")))
                .as("the check can fail")
                .isNotEmpty();
    }

    @Test
    void shouldCloseEveryObjectAndDescribeEveryProperty() {
        List<String> problems = new ArrayList<>();
        walk("", AlertSchema.text(), problems);

        assertThat(problems).isEmpty();
    }

    @Test
    void shouldBoundEveryListAndText() {
        List<JsonNode> unbounded = AlertSchema.text().findParents("type").stream()
                .filter(schema -> switch (schema.get("type").asText()) {
                    case "array" -> !schema.has("maxItems");
                    case "string" -> !schema.has("maxLength") && !schema.has("pattern") && !schema.has("anyOf");
                    default -> false;
                })
                .toList();

        assertThat(unbounded).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoAlert() {
        assertThatThrownBy(() -> AlertSchema.check("{}")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> AlertSchema.check("{\"a\":1,\"a\":2}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no JSON");
    }

    private static void walk(String at, JsonNode schema, List<String> problems) {
        if (schema.path("type").asText().equals("object")) {
            if (!schema.path("additionalProperties").isBoolean()
                    || schema.path("additionalProperties").asBoolean()) {
                problems.add(at + " is open");
            }
            if (!schema.has("required")) {
                problems.add(at + " does not say what it must have");
            }
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = at + "/" + property.getKey();
            if (property.getValue().path("description").asText().isBlank()) {
                problems.add(name + " is not described");
            }
            walk(name, property.getValue(), problems);
        }
        if (schema.has("items")) {
            walk(at + "[]", schema.get("items"), problems);
        }
    }
}
