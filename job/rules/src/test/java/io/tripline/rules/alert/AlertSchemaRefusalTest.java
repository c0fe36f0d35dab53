package io.tripline.rules.alert;

import static io.tripline.rules.alert.FindingBuilder.portScan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripline.schemas.AlertSchema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema is no rubber stamp: documents that are wrong in one place are refused. */
class AlertSchemaRefusalTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode RIGHT = Documents.of(portScan(21).open(22).build());

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/@timestamp; \"2026-03-20T07:47:31Z\"",
                "/@timestamp; \"2026-13-20T07:47:31.388726Z\"",
                "/event/action; \"reopened\"",
                "/event/severity; 50",
                "/event/risk_score; 101",
                "/event/risk_score; 1.5",
                "/event/id; \"ABC\"",
                "/event/category; [\"network\"]",
                "/message; \"\"",
                "/message; \"two\\nlines\"",
                "/rule/version; 1",
                "/threat/technique/id; [\"1046\"]",
                "/source/ip; \"192.168.100.256\"",
                "/source/ip; \"localhost\"",
                "/source/mac; \"02-00-5E-00-53-AF\"",
                "/destination/ip; null",
                "/related/ip; [\"::1\",\"::1\"]",
                "/network/direction; \"inside\"",
                "/network/community_id; \"1:x\"",
                "/tripline/techniques; [{\"name\":\"stealth\",\"probes\":1}]",
                "/tripline/ports/sample; [65536]",
                "/tripline/ports/open; [\"22/tcp\"]",
                "/tripline/ports/unseen; 1",
                "/tripline/confidence; \"high\"",
                "/tripline/packets; -1",
                "/tripline/actions; [{\"title\":\"x\",\"command\":\"$(reboot)\"}]"
            })
    void shouldRefuseAWrongValue(String pointer, String value) {
        assertThat(problemsWith(pointer, value)).isNotEmpty();
    }

    @Test
    void shouldRefuseAMissingOrUnknownFieldAtEveryLevel() {
        for (String pointer : objects("", RIGHT)) {
            ObjectNode unknown = RIGHT.deepCopy();
            ((ObjectNode) unknown.at(pointer)).put("unknown", 1);
            assertThat(AlertSchema.problems(unknown))
                    .as("unknown in %s", pointer)
                    .isNotEmpty();

            ObjectNode empty = RIGHT.deepCopy();
            ((ObjectNode) empty.at(pointer)).removeAll();
            assertThat(AlertSchema.problems(empty)).as("nothing in %s", pointer).isNotEmpty();
        }
    }

    private static List<String> problemsWith(String pointer, String value) {
        ObjectNode wrong = RIGHT.deepCopy();
        JsonPointer at = JsonPointer.compile(pointer);
        ((ObjectNode) wrong.at(at.head())).set(at.last().getMatchingProperty(), read(value));
        return AlertSchema.problems(wrong);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static List<String> objects(String at, JsonNode node) {
        List<String> objects = new ArrayList<>();
        if (node.isObject()) {
            objects.add(at);
        }
        node.properties().forEach(field -> objects.addAll(objects(at + "/" + field.getKey(), field.getValue())));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            objects.addAll(objects(at + "/" + i, node.get(i)));
        }
        return objects;
    }
}
