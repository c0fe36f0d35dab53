package io.tripline.schemas.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written can be read; what was changed by others never stops a reader. */
class AlertJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldReadWhatItWrote() throws JsonProcessingException {
        AlertDocument full = SampleAlert.full();

        assertThat(AlertJson.read(AlertJson.write(full))).isEqualTo(full);
    }

    @Test
    void shouldWriteNamesAndOrderOfTheRecord() {
        assertThat(AlertJson.write(SampleAlert.full()))
                .startsWith("{\"@timestamp\":")
                .contains("\"risk_score\":")
                .contains("\"sources\":{\"distinct\":")
                .contains("\"entropy\":1.5,\"techniques\":[");
    }

    @Test
    void shouldWriteAsDataBindingDoes() throws JsonProcessingException {
        for (AlertDocument alert : List.of(SampleAlert.full(), AlertDocument.NONE)) {
            assertThat(AlertJson.write(alert)).isEqualTo(AlertJson.Binding.JSON.writeValueAsString(alert));
        }
    }

    @Test
    void shouldReadTheMessageAlone() throws IOException {
        assertThat(AlertJson.message(AlertJson.write(SampleAlert.full()))).isEqualTo("message");
        for (String none : List.of("{}", "[]", "5", "{\"event\":{\"message\":\"x\"},\"message\":5}")) {
            assertThat(AlertJson.message(none)).as(none).isEmpty();
        }
    }

    @Test
    void shouldNotWriteWhatIsNotThere() {
        assertThat(AlertJson.write(AlertDocument.NONE))
                .contains("\"related\":{\"ip\":[]}")
                .doesNotContain("threat", "source", "intel", "null", "created", "closed_because", "own");
    }

    @Test
    void shouldReadNothingAsNothing() throws JsonProcessingException {
        for (String nothing : List.of("{}", "[]", "null", "5", "\"text\"", "true", "[{}]")) {
            assertThat(AlertJson.read(nothing)).as(nothing).isEqualTo(AlertDocument.NONE);
            assertThat(AlertJson.read(JSON.readTree(nothing))).as(nothing).isEqualTo(AlertDocument.NONE);
        }
        assertThat(AlertJson.read(JSON.createObjectNode().path("missing"))).isEqualTo(AlertDocument.NONE);
    }

    @Test
    void shouldSayThatItIsNoJson() {
        assertThatThrownBy(() -> AlertJson.read("{\"event\":")).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void shouldIgnoreFieldsThatItDoesNotKnow() throws JsonProcessingException {
        AlertDocument alert = AlertJson.read("""
                {"labels": {"ack": "yes"}, "event": {"id": "a", "of_tomorrow": [1]},
                 "tripline": {"packets": 3, "of_tomorrow": {"x": 1}, "decoys": true}}""");

        assertThat(alert.event().id()).isEqualTo("a");
        assertThat(alert.tripline().packets()).isEqualTo(3);
        assertThat(alert.tripline().own().decoys()).isTrue();
    }

    @Test
    void shouldTakeWhatDoesNotFitAsMissing() throws JsonProcessingException {
        AlertDocument alert = AlertJson.read("""
                {"message": {"a": [1]}, "rule": "text", "related": {"ip": [null, {"a": 1}, "192.0.2.1"]},
                 "event": {"severity": 99999999999999999999999, "risk_score": "many", "id": ["x"]},
                 "tripline": {"packets": 1e400, "approximate": "often", "spoofable": [true], "entropy": "high",
                  "frames": [1, "x", 2.7, null], "techniques": [5, null, {"name": "syn", "probes": -1}],
                  "intel": [], "tool": 5, "score": {"risk": {"a": 1}}, "ports": {"unseen": {}}}}""");

        assertThat(alert.message()).isEmpty();
        assertThat(alert.rule()).isEqualTo(AlertDocument.Rule.NONE);
        assertThat(alert.related().ip()).containsExactly("192.0.2.1");
        assertThat(alert.event().riskScore()).isZero();
        assertThat(alert.event().id()).isEmpty();
        assertThat(alert.tripline().approximate()).isFalse();
        assertThat(alert.tripline().spoofable()).isFalse();
        assertThat(alert.tripline().own().entropy()).isNull();
        assertThat(alert.tripline().own().intel()).isNull();
        assertThat(alert.tripline().own().tool()).isNull();
        assertThat(alert.tripline().frames()).containsExactly(1L, 2L);
        assertThat(alert.tripline().techniques()).containsExactly(new Evidence.Technique("syn", -1));
        assertThat(alert.tripline().score().risk()).isEmpty();
        assertThat(alert.tripline().ports().unseen()).isNull();
    }

    @Test
    void shouldReadADocumentWithAnyValueInAnyPlace() throws JsonProcessingException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            JsonNode document = JSON.readTree(AlertJson.write(SampleAlert.full()));
            change(document, random);
            String text = document.toString();
            assertThatCode(() -> {
                        AlertDocument read = AlertJson.read(text);
                        assertThat(AlertJson.read(document)).isEqualTo(read);
                        AlertJson.write(read);
                        assertThat(read.toString()).doesNotContain("event=null", "ports=null", "targets=null");
                    })
                    .as("seed %d, %s", seed, text)
                    .doesNotThrowAnyException();
        }
    }

    /** Puts something else in the place of a few values. */
    private static void change(JsonNode document, Random random) throws JsonProcessingException {
        List<String> values = List.of(
                "null",
                "[]",
                "{}",
                "5",
                "-1.5",
                "1e300",
                "123456789012345678901234567890",
                "true",
                "\"\"",
                "\"x\"",
                "[null]",
                "[[1]]",
                "{\"a\":{}}",
                "[{\"a\":1}]");
        List<JsonNode> parents = new ArrayList<>();
        collect(document, parents);
        for (int i = 0; i < 4; i++) {
            JsonNode value = JSON.readTree(values.get(random.nextInt(values.size())));
            JsonNode parent = parents.get(random.nextInt(parents.size()));
            if (parent instanceof ObjectNode object && !object.isEmpty()) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                object.set(names.get(random.nextInt(names.size())), value);
            } else if (parent instanceof ArrayNode array && !array.isEmpty()) {
                array.set(random.nextInt(array.size()), value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> parents) {
        if (node.isContainerNode()) {
            parents.add(node);
            node.forEach(child -> collect(child, parents));
        }
    }
}
