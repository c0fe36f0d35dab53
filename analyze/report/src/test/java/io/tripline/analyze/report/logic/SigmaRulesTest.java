package io.tripline.analyze.report.logic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tripline.rules.Rules;
import io.tripline.rules.engine.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sigma rules against what the Sigma specification 2.1 says of rules and of correlations. */
class SigmaRulesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> KEYS = Set.of(
            "title",
            "id",
            "name",
            "status",
            "description",
            "author",
            "logsource",
            "detection",
            "correlation",
            "falsepositives",
            "level",
            "tags");
    private static final Set<String> LEVELS = Set.of("informational", "low", "medium", "high", "critical");
    private static final Set<String> COUNTS = Set.of("event_count");
    private static final Set<String> OF_A_FIELD = Set.of("value_count", "value_sum");
    private static final Set<String> IN_TIME = Set.of("temporal", "temporal_ordered");
    private static final Set<String> OPERATORS = Set.of("gt", "gte", "lt", "lte", "eq");

    static Stream<String> rules() {
        return Rules.ALL.stream()
                .map(Rule::id)
                .filter(rule -> DetectionLogic.of(rule).sigma().isPresent());
    }

    private static List<JsonNode> documents(String rule) throws IOException {
        try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class)
                .readValues(DetectionLogic.of(rule).sigma().orElseThrow())) {
            return all.readAll();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldBeRulesAndCorrelationsOfThem(String rule) throws IOException {
        Map<String, JsonNode> known = new HashMap<>();
        for (JsonNode document : documents(rule)) {
            List<String> keys = new ArrayList<>();
            document.fieldNames().forEachRemaining(keys::add);
            assertThat(KEYS).containsAll(keys);
            assertThat(document.path("title").asText()).isNotBlank().hasSizeLessThanOrEqualTo(256);
            assertThat(document.path("id").asText())
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(document.path("status").asText()).isEqualTo("experimental");
            assertThat(LEVELS).contains(document.path("level").asText());
            document.path("tags")
                    .forEach(tag -> assertThat(tag.asText()).matches("attack\\.(t\\d{4}(\\.\\d{3})?|[a-z-]+)"));
            if (document.has("correlation")) {
                correlation(document.path("correlation"), known);
            } else {
                base(document);
            }
            known.put(document.path("name").asText(), document);
        }
        assertThat(known.values()).anyMatch(document -> document.has("correlation"));
    }

    private static void base(JsonNode document) {
        assertThat(document.path("logsource").path("product").asText()).isEqualTo("zeek");
        assertThat(document.path("logsource").path("service").asText()).isIn("conn", "dns");
        JsonNode detection = document.path("detection");
        assertThat(detection.path("condition").asText()).isIn("selection", "selection and not filter");
        assertThat(detection.path("selection").isObject()).isTrue();
        assertThat(detection.has("filter"))
                .isEqualTo(detection.path("condition").asText().contains("filter"));
    }

    private static void correlation(JsonNode correlation, Map<String, JsonNode> known) {
        String type = correlation.path("type").asText();
        assertThat(COUNTS.contains(type) || OF_A_FIELD.contains(type) || IN_TIME.contains(type))
                .as(type)
                .isTrue();
        assertThat(correlation.path("rules")).isNotEmpty();
        correlation.path("rules").forEach(rule -> assertThat(known).containsKey(rule.asText()));
        assertThat(correlation.path("group-by")).isNotEmpty();
        assertThat(correlation.path("timespan").asText()).matches("\\d+[smhd]");
        JsonNode condition = correlation.path("condition");
        assertThat(condition.isMissingNode()).isEqualTo(IN_TIME.contains(type));
        assertThat(condition.has("field")).isEqualTo(OF_A_FIELD.contains(type));
        condition.fieldNames().forEachRemaining(key -> {
            if (!key.equals("field")) {
                assertThat(OPERATORS).contains(key);
                assertThat(condition.path(key).isIntegralNumber()).isTrue();
            }
        });
    }

    @Test
    void shouldHaveNamesAndIdentifiersOfTheirOwn() throws IOException {
        Set<String> seen = new HashSet<>();
        for (String rule : rules().toList()) {
            for (JsonNode document : documents(rule)) {
                assertThat(seen.add(document.path("id").asText())).isTrue();
                assertThat(seen.add(document.path("name").asText())).isTrue();
            }
        }
        assertThat(seen).hasSizeGreaterThan(30);
    }
}
