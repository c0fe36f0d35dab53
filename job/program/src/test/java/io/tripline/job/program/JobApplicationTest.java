package io.tripline.job.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.job.program.JobApplication.Prepared;
import io.tripline.rules.JobSettings;
import io.tripline.rules.probe.portscan.PortScanRule;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Flink calls the application at every start of a JobManager. What started once starts again, whatever happened to the
 * settings and to Kafka.
 */
class JobApplicationTest {
    private static final String GOOD = """
            kafka: {brokers: ['127.0.0.1:1'], client: {default.api.timeout.ms: '300', request.timeout.ms: '200'}}
            allow:
              - {source: 10.0.0.1, owner: a, reason: b, expires: 2020-01-01}
            rules: {port-scan: {ports: 33}}
            intel:
              - {file: lists/c2.txt, format: plain, name: feed}
            """;

    @TempDir
    private Path folder;

    private Path config = Path.of("");
    private LastGood copies = new LastGood("file:///");

    @BeforeEach
    void write() throws IOException {
        config = Files.createDirectories(folder.resolve("etc")).resolve("tripline.yaml");
        Files.createDirectories(config.resolveSibling("lists"));
        Files.writeString(config.resolveSibling("lists/c2.txt"), "evil.example\n");
        Files.writeString(config, GOOD);
        copies = new LastGood(folder.resolve("copies").toUri().toString());
    }

    /** As a JobManager starts it, with a Kafka that does not answer; no cluster here starts the job. */
    private Prepared prepare() {
        return JobApplication.of("--config", config.toString()).prepare(copies);
    }

    private static JobSettings rules(Prepared prepared) {
        return prepared.job().settings().rules();
    }

    private static int ports(Prepared prepared) {
        return rules(prepared).thresholds(PortScanRule.DEFINITION).ports();
    }

    @Test
    void shouldStartThoughKafkaIsAwayAndAnEntryHasLapsed() {
        Prepared prepared = prepare();

        assertThat(prepared.refused()).isFalse();
        assertThat(ports(prepared)).isEqualTo(33);
        assertThat(rules(prepared).alerts().allow()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules: {port-scn: {}}", "", "{", "intel: [{file: gone.txt, format: plain, name: feed}]"})
    void shouldGoOnWithTheSettingsOfTheLastStartWhereThoseOfNowHaveMistakes(String broken) throws IOException {
        prepare().started();
        Files.writeString(config, broken);

        Prepared again = prepare();
        again.started();

        assertThat(again.refused()).isTrue();
        assertThat(ports(again)).isEqualTo(33);
        assertThat(ports(prepare())).as("what is broken is not kept").isEqualTo(33);
    }

    @Test
    void shouldGoOnThoughSettingsOrAListOfThemAreGone() throws IOException {
        prepare().started();
        Files.delete(config.resolveSibling("lists/c2.txt"));

        Prepared withoutList = prepare();
        assertThat(withoutList.refused()).isTrue();
        assertThat(rules(withoutList).intel().findDomain("www.evil.example")).isZero();

        Files.delete(config);
        assertThat(prepare().refused()).isTrue();
    }

    @Test
    void shouldRefuseSettingsThatNeverStarted() throws IOException {
        prepare();
        Files.writeString(config, "rules: {port-scn: {}}");

        assertThatThrownBy(this::prepare).isInstanceOf(UserError.class).hasMessageContaining("no such rule");
    }

    @Test
    void shouldTakeNewSettingsAsSoonAsTheyAreRight() throws IOException {
        prepare().started();
        Files.writeString(config, "rules: {");
        prepare().started();
        Files.writeString(config, GOOD.replace("33", "44"));

        Prepared right = prepare();
        right.started();

        assertThat(right.refused()).isFalse();
        assertThat(ports(right)).isEqualTo(44);
        Files.writeString(config, "rules: {");
        assertThat(ports(prepare())).isEqualTo(44);
    }

    @Test
    void shouldKeepFewCopies() throws IOException {
        for (int ports = 20; ports < 30; ports++) {
            Files.writeString(config, GOOD.replace("33", String.valueOf(ports)));
            prepare().started();
            prepare().started();
        }

        try (Stream<Path> kept = Files.list(folder.resolve("copies"))) {
            assertThat(kept).hasSize(2);
        }
        Files.delete(config);
        assertThat(ports(prepare())).isEqualTo(29);
    }

    @Test
    void shouldKeepCopiesWithWhatTheClusterKeepsForItsRecovery() throws IOException {
        Configuration cluster = new Configuration();
        assertThat(LastGood.beside(cluster, "tripline")).isNull();
        cluster.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///c");
        assertThat(LastGood.beside(cluster, "tripline")).asString().startsWith("file:/c/tripline-settings/");
        cluster.set(HighAvailabilityOptions.HA_STORAGE_PATH, "file:///ha");
        assertThat(LastGood.beside(cluster, "tripline")).asString().startsWith("file:/ha/tripline-settings/");
    }

    @Test
    void shouldSetUpBeforeTheFirstStartOnlyWhatCanBeReached() {
        StringWriter error = new StringWriter();
        String[] setup = {
            "setup",
            "--config",
            config.toString(),
            "--settings-copy",
            folder.resolve("copies").toUri().toString()
        };

        assertThat(JobCommand.commandLine().setErr(new PrintWriter(error)).execute(setup))
                .as("before the first start Kafka must be there")
                .isEqualTo(ExitStatus.UNAVAILABLE);
        prepare().started();

        assertThat(JobCommand.commandLine().setErr(new PrintWriter(error)).execute(setup))
                .isEqualTo(ExitStatus.DONE);
        assertThat(error.toString()).contains("tripline: warning: ", "the job has started before");
    }
}
