package io.tripline.stack.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Life-cycle policies fit the templates that use them, and the page that tells how long documents are kept. */
class LifecycleTest {
    private static final Path ELASTIC = KibanaPanel.ROOT.resolve("deploy/elastic");
    private static final int LONGEST_MONTH = 31;

    private static JsonNode read(String name) throws IOException {
        return KibanaPanel.JSON.readTree(ELASTIC.resolve(name).toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts", "traffic"})
    void shouldBeUsedByIndicesAndToldToPeople(String what) throws IOException {
        JsonNode phases = read("lifecycle/tripline-" + what + "-policy.json").at("/policy/phases");
        JsonNode index = read("lifecycle/tripline-" + what + "@custom.json").at("/template/settings/index");
        int days = Integer.parseInt(phases.at("/delete/min_age").asText().replace("d", ""));

        assertThat(phases.at("/delete/actions").has("delete")).isTrue();
        assertThat(phases.findValue("rollover")).as("months never roll over").isNull();
        assertThat(index.at("/lifecycle/name").asText()).isEqualTo("tripline-" + what);
        assertThat(read("tripline-" + what + ".json").path("composed_of").toString())
                .contains("\"tripline-" + what + "@custom\"");
        assertThat(Files.readString(KibanaPanel.ROOT.resolve("docs/dashboards.md")))
                .contains("| %s | %d days after the month's index was made | at least %d days |"
                        .formatted(what, days, days - LONGEST_MONTH));
    }
}
