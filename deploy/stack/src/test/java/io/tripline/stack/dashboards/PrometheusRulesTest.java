package io.tripline.stack.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts about ourselves: promtool finds them right, each has been seen to fire and to be quiet, and people find out
 * what to do.
 */
class PrometheusRulesTest {
    private static final Path FOLDER = KibanaPanel.ROOT.resolve("deploy/prometheus");
    private static final Path RUNBOOK = KibanaPanel.ROOT.resolve("docs/operations.md");

    @TempDir
    private Path work;

    private void promtool(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path output = work.resolve("output");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException missing) {
            assumeTrue(false, "no promtool (Debian: prometheus): Prometheus's rules are not tested here");
            return;
        }
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as("%s%n%s", command, Files.readString(output))
                .isTrue();
    }

    @Test
    void shouldBeRulesThatPrometheusTakes() throws Exception {
        promtool("check", "config", FOLDER.resolve("prometheus.yml"));
    }

    @Test
    void shouldFireWhenTheyShouldAndBeQuietOtherwise() throws Exception {
        promtool("test", "rules", FOLDER.resolve("tripline.rules.test.yml"));
    }

    @Test
    void shouldHaveATestThatFiresAndOneThatDoesNotForEachAlert() throws IOException {
        String tests = Files.readString(FOLDER.resolve("tripline.rules.test.yml"));
        for (JsonNode alert : MetricNames.alerts()) {
            String name = alert.path("alert").asText();
            assertThat(tests).contains("name: " + name + " fires\n", "name: " + name + " is quiet\n");
        }
    }

    @Test
    void shouldLetGrafanaAskInExpressionsThatPrometheusUnderstands() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
        int number = 0;
        for (String expression : MetricNames.expressions()) {
            if (!expression.startsWith("label_values(")) {
                String plain =
                        expression.replace("$__rate_interval", "1m").replaceAll("\\$(instance|sensor|job_name)", ".*");
                rules.append("      - record: panel:%d\n        expr: %s\n"
                        .formatted(number++, KibanaPanel.JSON.writeValueAsString(plain)));
            }
        }
        assertThat(number).isGreaterThan(40);
        promtool("check", "rules", Files.writeString(work.resolve("panels.yml"), rules));
    }

    @Test
    void shouldLeadToAnEntryOfTheRunbook() throws IOException {
        Set<String> headings = Files.readAllLines(RUNBOOK).stream()
                .filter(line -> line.startsWith("### Tripline"))
                .map(line -> line.substring(4).strip())
                .collect(Collectors.toSet());
        List<JsonNode> alerts = MetricNames.alerts();

        assertThat(headings)
                .containsExactlyInAnyOrderElementsOf(alerts.stream()
                        .map(alert -> alert.path("alert").asText())
                        .toList());
        assertThat(alerts).allSatisfy(alert -> {
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .isEqualTo(
                            "docs/operations.md#" + alert.path("alert").asText().toLowerCase(Locale.ROOT));
            assertThat(alert.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
        });
    }
}
