package io.tripline.stack.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.schemas.AlertSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What can be told of the dashboards without Kibana: their form, their grid, and that they ask for what our documents
 * have.
 */
class KibanaDashboardsTest {
    private static final int COLUMNS = 48;
    private static final Set<String> NUMBERS = Set.of("long", "integer", "float");

    /**
     * {@code field:value}, {@code field:("a" OR "b")}, {@code field:*}: the same in KQL and in Elasticsearch's query
     * string.
     */
    private static final Pattern TERM = Pattern.compile(
            "(?:NOT )?([a-z_.]+):(?:\\*|\\w+|\"[\\w-]+\"|\\((?:\"[\\w-]+\"|\\w+)(?: OR (?:\"[\\w-]+\"|\\w+))*\\))");

    /** Types of all fields of an index template by their full names. */
    static Map<String, String> mapped(String view) throws IOException {
        Map<String, String> types = new TreeMap<>();
        JsonNode file = KibanaPanel.JSON.readTree(KibanaPanel.ROOT
                .resolve("deploy/elastic/" + view + "-mappings.json")
                .toFile());
        walk("", file.at("/template/mappings"), types);
        return types;
    }

    private static void walk(String at, JsonNode mapping, Map<String, String> types) {
        mapping.path("properties").properties().forEach(field -> {
            JsonNode type = field.getValue().path("type");
            if (type.asText().equals("nested")) {
                return; // Kibana's charts cannot look inside
            }
            if (type.isTextual()) {
                types.put(at + field.getKey(), type.asText());
            }
            walk(at + field.getKey() + ".", field.getValue(), types);
        });
    }

    @Test
    void shouldBeWhatTheDashboardsApiTakes() {
        assertThat(KibanaPanel.dashboards())
                .hasSize(5)
                .allSatisfy((id, dashboard) ->
                        assertThat(DashboardsApi.refusals(dashboard)).as(id).isEmpty());
    }

    @Test
    void shouldRefuseWhatTheDashboardsApiRefuses() throws IOException {
        JsonNode dashboard = KibanaPanel.JSON.readTree("""
                {"title": "old", "panels": [{"type": "lens", "uid": "1", "grid": {"x": 0, "y": 0, "w": 49, "h": 1}, "config": {"attributes": {}}}]}
                """);

        assertThat(DashboardsApi.refusals(dashboard)).isNotEmpty();
    }

    @Test
    void shouldHaveIdsThatStayAndAreUnique() {
        Set<String> seen = new HashSet<>();
        for (KibanaPanel panel : KibanaPanel.all()) {
            assertThat(panel.id())
                    .matches(panel.dashboard().replace("tripline-", "") + "-[a-z]+(-[a-z]+)*")
                    .satisfies(id -> assertThat(seen.add(id)).as("is unique").isTrue());
        }
        assertThat(KibanaPanel.dashboards().keySet()).allMatch(id -> id.matches("tripline-[a-z]+"));
    }

    @Test
    void shouldLayOutPanelsWithoutOverlapOrHoles() {
        KibanaPanel.dashboards().forEach((id, dashboard) -> {
            Set<List<Integer>> taken = new HashSet<>();
            int lowest = 0;
            for (JsonNode panel : dashboard.path("panels")) {
                JsonNode grid = panel.path("grid");
                int right = grid.path("x").asInt() + grid.path("w").asInt();
                int bottom = grid.path("y").asInt() + grid.path("h").asInt();
                assertThat(right).as(panel.path("id").asText()).isLessThanOrEqualTo(COLUMNS);
                for (int x = grid.path("x").asInt(); x < right; x++) {
                    for (int y = grid.path("y").asInt(); y < bottom; y++) {
                        assertThat(taken.add(List.of(x, y)))
                                .as("%s overlaps at %d, %d", panel.path("id").asText(), x, y)
                                .isTrue();
                    }
                }
                lowest = Math.max(lowest, bottom);
            }
            assertThat(taken).as("%s has no holes", id).hasSize(COLUMNS * lowest);
        });
    }

    @Test
    void shouldAskForFieldsThatOurTemplatesHaveInTheTypeThatIsNeeded() throws IOException {
        for (KibanaPanel panel : KibanaPanel.all()) {
            Map<String, String> types = mapped(panel.view());
            for (JsonNode metric : panel.metrics()) {
                if (!KibanaSearch.isCount(metric)) {
                    String type = types.getOrDefault(metric.path("field").asText(), "");
                    boolean fits = switch (metric.path("operation").asText()) {
                        case "sum" -> NUMBERS.contains(type);
                        case "max", "min" -> NUMBERS.contains(type) || type.equals("date");
                        default -> !type.isEmpty() && !type.equals("text");
                    };
                    assertThat(fits).as("%s: %s is %s", panel, metric, type).isTrue();
                }
            }
            for (JsonNode bucket : panel.buckets()) {
                for (JsonNode field : bucket.path("fields")) {
                    assertThat(types.get(field.asText()))
                            .as("%s: %s", panel, field)
                            .isNotNull()
                            .isNotEqualTo("text");
                }
                if (bucket.has("field")) {
                    assertThat(types.get(bucket.path("field").asText())).isEqualTo("date");
                }
            }
            panel.layer()
                    .path("column_order")
                    .forEach(column -> assertThat(types).as(panel.id()).containsKey(column.asText()));
        }
    }

    @Test
    void shouldFilterByFieldsThatOurTemplatesHaveAndInWordsThatTestsUnderstandAsKibanaDoes() throws IOException {
        for (KibanaPanel panel : KibanaPanel.all()) {
            Map<String, String> types = mapped(panel.view());
            for (String expression : panel.expressions()) {
                for (String term : expression.split(" AND ", -1)) {
                    Matcher matcher = TERM.matcher(term);
                    assertThat(matcher.matches()).as("%s: %s", panel, term).isTrue();
                    assertThat(types).as(panel.id()).containsKey(matcher.group(1));
                }
            }
        }
    }

    @Test
    void shouldOfferControlsOfFieldsThatCanBeChosenFrom() throws IOException {
        List<String> controls = new ArrayList<>();
        for (JsonNode dashboard : KibanaPanel.dashboards().values()) {
            for (JsonNode control : dashboard.path("pinned_panels")) {
                String field = control.at("/config/field_name").asText();
                controls.add(field);
                assertThat(mapped(control.at("/config/data_view_id").asText())).containsKey(field);
            }
        }
        assertThat(controls).hasSizeGreaterThan(5);
    }

    @Test
    void shouldGiveElasticSecurityTheSeverityAndTheTitleOfEachIncident() throws IOException {
        JsonNode rule = KibanaPanel.JSON.readTree(
                KibanaPanel.KIBANA.resolve("detection-rule.json").toFile());
        Map<String, String> types = mapped("tripline-alerts");
        List<Integer> severities = new ArrayList<>();
        rule.path("severity_mapping").forEach(mapping -> {
            assertThat(mapping.path("field").asText()).isEqualTo("event.severity");
            severities.add(mapping.path("value").asInt());
        });

        assertThat(severities)
                .containsExactlyElementsOf(AlertSchema.text()
                        .at("/properties/event/properties/severity/enum")
                        .valueStream()
                        .map(JsonNode::asInt)
                        .toList());
        assertThat(types)
                .containsEntry(rule.path("timestamp_override").asText(), "date")
                .containsKeys(
                        rule.path("rule_name_override").asText(),
                        rule.at("/risk_score_mapping/0/field").asText());
    }

    @Test
    void shouldReferToDataViewsThatAreInstalled() throws IOException {
        Set<String> views = new HashSet<>();
        KibanaPanel.all().forEach(panel -> views.add(panel.view()));
        assertThat(views).containsExactlyInAnyOrder("tripline-alerts", "tripline-traffic");
        for (String view : views) {
            JsonNode file = KibanaPanel.JSON.readTree(
                    KibanaPanel.KIBANA.resolve("data-views/" + view + ".json").toFile());
            assertThat(file.at("/data_view/id").asText()).isEqualTo(view);
            assertThat(mapped(view))
                    .containsEntry(file.at("/data_view/timeFieldName").asText(), "date");
        }
    }
}
