package io.tripline.stack.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/kibana/install} against a server that takes and refuses what Kibana does. */
class KibanaInstallTest {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    private Path work;

    private final Map<String, String> environment = new HashMap<>();

    private record Run(int status, String output) {}

    @BeforeEach
    void requirePython() {
        assumeTrue(
                Files.isExecutable(Path.of(PYTHON)), "no /usr/bin/python3: the script for Kibana is not tested here");
        environment.put("KIBANA_API_KEY", FakeKibana.KEY);
    }

    private Run install(FakeKibana kibana, String... options) throws IOException, InterruptedException {
        environment.putIfAbsent("KIBANA_URL", kibana.url());
        return install(options);
    }

    private Run install(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(PYTHON, KibanaPanel.KIBANA.resolve("install").toString()));
        command.addAll(List.of(options));
        Path output = work.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KIBANA_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as(said).isTrue();
        assertThat(said).as("no secret is shown").doesNotContain(FakeKibana.KEY);
        return new Run(process.exitValue(), said);
    }

    @Test
    void shouldInstallAllAndSayWhatItDid() throws Exception {
        try (FakeKibana kibana = new FakeKibana()) {
            Run run = install(kibana);

            assertThat(run.status()).as(run.output()).isZero();
            assertThat(run.output()).isEqualTo("""
                    Kibana 9.5.0
                    data view tripline-alerts: created
                    data view tripline-traffic: created
                    dashboard tripline-overview: created
                    dashboard tripline-scans: created
                    dashboard tripline-sensors: created
                    dashboard tripline-tunnels: created
                    dashboard tripline-volume: created
                    """);
            assertThat(kibana.dashboards).isEqualTo(KibanaPanel.dashboards());
            assertThat(kibana.rules()).isZero();
        }
    }

    @Test
    void shouldRepairWhatWasChangedAndLeaveTheRest() throws Exception {
        try (FakeKibana kibana = new FakeKibana()) {
            install(kibana);
            Map<String, JsonNode> before = Map.copyOf(kibana.dashboards);
            kibana.dataView("tripline-traffic").put("title", "other").put("sourceFilters", "theirs");
            kibana.writes.clear();

            Run again = install(kibana);

            assertThat(again.status()).as(again.output()).isZero();
            assertThat(again.output())
                    .contains("data view tripline-alerts: is there\n", "data view tripline-traffic: updated\n")
                    .contains("dashboard tripline-overview: updated\n")
                    .doesNotContain("created");
            assertThat(kibana.writes).hasSize(6).noneMatch(write -> write.endsWith("tripline-alerts"));
            assertThat(kibana.dashboards).isEqualTo(before);
            assertThat(kibana.dataView("tripline-traffic").path("title").asText())
                    .isEqualTo("tripline-traffic");
            assertThat(kibana.dataView("tripline-traffic").path("sourceFilters").asText())
                    .isEqualTo("theirs");
        }
    }

    @Test
    void shouldInstallTheDetectionRuleAndLeaveItOffWhereSomebodyTurnedItOff() throws Exception {
        try (FakeKibana kibana = new FakeKibana()) {
            assertThat(install(kibana, "--security").output()).endsWith("detection rule tripline-alerts: created\n");
            kibana.rule("tripline-alerts").put("enabled", false).put("interval", "1h");

            assertThat(install(kibana, "--security").output()).endsWith("detection rule tripline-alerts: updated\n");

            JsonNode rule = kibana.rule("tripline-alerts");
            assertThat(rule.path("enabled").asBoolean()).isFalse();
            assertThat(rule.path("interval").asText()).isEqualTo("1m");
        }
    }

    @Test
    void shouldUseTheSpaceTheIndicesAndTheKeyFileThatAreGiven() throws Exception {
        Path key = Files.writeString(work.resolve("key"), FakeKibana.KEY + "\n");
        environment.remove("KIBANA_API_KEY");
        environment.put("KIBANA_API_KEY_FILE", key.toString());
        try (FakeKibana kibana = new FakeKibana("/s/soc")) {
            Run run = install(kibana, "--space", "soc", "--alerts", "east-alerts", "--security");

            assertThat(run.status()).as(run.output()).isZero();
            assertThat(kibana.dataView("tripline-alerts").path("title").asText())
                    .isEqualTo("east-alerts");
            assertThat(kibana.rule("tripline-alerts").path("index").toString()).isEqualTo("[\"east-alerts-*\"]");
            assertThat(kibana.dashboards).hasSize(5);
        }
    }

    @Test
    void shouldNameARefusedKeyInOneLine() throws Exception {
        environment.put("KIBANA_API_KEY", "d3Jvbmc=");
        try (FakeKibana kibana = new FakeKibana()) {
            Run run = install(kibana);

            assertThat(run.status()).isEqualTo(69);
            assertThat(run.output())
                    .isEqualTo("install: Kibana does not let this API key tell its version (status 401)\n");
        }
    }

    @Test
    void shouldChangeNothingInAKibanaThatIsTooOld() throws Exception {
        try (FakeKibana kibana = new FakeKibana()) {
            kibana.is("9.4.2");

            Run run = install(kibana);

            assertThat(run.status()).isEqualTo(69);
            assertThat(run.output()).startsWith("install: Kibana 9.4.2 ").contains("9.5 or later");
            assertThat(kibana.writes).isEmpty();
        }
    }

    @Test
    void shouldTellWhenNobodyAnswers() throws Exception {
        try (FakeKibana kibana = new FakeKibana()) {
            environment.put("KIBANA_URL", kibana.url());
        }

        Run run = install();

        assertThat(run.status()).isEqualTo(69);
        assertThat(run.output()).startsWith("install: cannot reach Kibana: ").hasLineCount(1);
    }

    @Test
    void shouldRefuseAddressesKeysAndNamesThatCannotBe() throws Exception {
        try (FakeKibana kibana = new FakeKibana()) {
            environment.put("KIBANA_URL", "https://elastic:secret@kibana.example");
            assertThat(install(kibana))
                    .extracting(Run::status, run -> run.output().contains("secret"))
                    .containsExactly(64, false);
            environment.put("KIBANA_URL", kibana.url());
            assertThat(install(kibana, "--space", "../x").status()).isEqualTo(64);
            assertThat(install(kibana, "--alerts", "a b").status()).isEqualTo(64);
            environment.put("KIBANA_API_KEY", "a\r\nHost: x");
            assertThat(install(kibana).status()).isEqualTo(64);
            assertThat(kibana.writes).isEmpty();
        }
    }
}
