package io.tripline.stack.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What Grafana needs to take a dashboard as a file: ids that stay, one data source that people choose, a grid without
 * overlap.
 */
class GrafanaDashboardsTest {
    private static final int COLUMNS = 24;

    @Test
    void shouldHaveIdsThatStayAndNoneOfADatabase() {
        assertThat(MetricNames.grafana()).hasSize(2).allSatisfy((file, dashboard) -> {
            assertThat(dashboard.path("uid").asText() + ".json").isEqualTo(file);
            assertThat(dashboard.has("id"))
                    .as("%s has an id of some database", file)
                    .isFalse();
            assertThat(dashboard.path("title").asText()).startsWith("Tripline: ");
            assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
            Set<Integer> ids = new HashSet<>();
            dashboard
                    .path("panels")
                    .forEach(panel ->
                            assertThat(ids.add(panel.path("id").asInt())).isTrue());
        });
    }

    @Test
    void shouldAskTheDataSourceThatIsChosen() {
        MetricNames.grafana().values().forEach(dashboard -> {
            assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
            assertThat(dashboard.at("/templating/list/0/query").asText()).isEqualTo("prometheus");
            for (JsonNode panel : dashboard.path("panels")) {
                assertThat(panel.path("targets"))
                        .as(panel.path("title").asText())
                        .isNotEmpty();
                assertThat(panel.findValues("datasource"))
                        .hasSizeGreaterThan(1)
                        .allMatch(source -> source.path("uid").asText().equals("${datasource}"));
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEmpty();
                assertThat(panel.path("type").asText()).isIn("stat", "timeseries");
            }
        });
    }

    @Test
    void shouldLayOutPanelsWithoutOverlap() {
        MetricNames.grafana().forEach((file, dashboard) -> {
            Set<List<Integer>> taken = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                JsonNode grid = panel.path("gridPos");
                int right = grid.path("x").asInt() + grid.path("w").asInt();
                assertThat(right).isLessThanOrEqualTo(COLUMNS);
                for (int x = grid.path("x").asInt(); x < right; x++) {
                    for (int y = grid.path("y").asInt();
                            y < grid.path("y").asInt() + grid.path("h").asInt();
                            y++) {
                        assertThat(taken.add(List.of(x, y)))
                                .as("%s: %s overlaps", file, panel.path("title").asText())
                                .isTrue();
                    }
                }
            }
        });
    }

    @Test
    void shouldBeProvisionedFromFiles() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        Path folder = KibanaPanel.ROOT.resolve("deploy/grafana/provisioning");
        JsonNode provider = yaml.readTree(
                        folder.resolve("dashboards/tripline.yaml").toFile())
                .at("/providers/0");
        JsonNode source = yaml.readTree(
                        folder.resolve("datasources/tripline.yaml").toFile())
                .at("/datasources/0");

        assertThat(provider.path("type").asText()).isEqualTo("file");
        assertThat(provider.at("/options/path").asText()).startsWith("/");
        assertThat(source.path("type").asText()).isEqualTo("prometheus");
        assertThat(source.path("url").asText()).startsWith("http://127.0.0.1:");
    }
}
