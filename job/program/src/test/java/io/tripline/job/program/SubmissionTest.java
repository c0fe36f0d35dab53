package io.tripline.job.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubmissionTest {
    private static final Submission EARLIER = Submission.of(Map.of(
            "tripline.parallelism", "2",
            "tripline.config", "/etc/trip line.yaml",
            "tripline.settings", "rules:\n  port-scan:\n    ports: 100\n",
            "tripline.operators", "0a 0b",
            "of-another-program", "x"));

    @Test
    void shouldComeBackFromTheParametersOfAJob() {
        assertThat(Submission.of(EARLIER.parameters())).isEqualTo(EARLIER);
        assertThat(EARLIER.values()).doesNotContainKey("of-another-program");
    }

    @Test
    void shouldTellWhatChangesLineByLine() {
        Submission now = EARLIER.with("parallelism", "4")
                .with("delivery", "exactly_once")
                .with("settings", "rules:\n  port-scan:\n    ports: 30\n");

        assertThat(now.changesFrom(EARLIER))
                .containsExactly(
                        "delivery: not set → exactly_once",
                        "parallelism: 2 → 4",
                        "settings: -     ports: 100",
                        "settings: +     ports: 30");
        assertThat(EARLIER.changesFrom(EARLIER)).isEmpty();
    }

    @Test
    void shouldTellNoMoreLinesOfSettingsThanOneReads() {
        Submission longer = EARLIER.with("settings", lines(100));

        assertThat(longer.changesFrom(EARLIER)).hasSize(41).last().asString().contains("more lines");
    }

    private static String lines(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("# ").append(i).append('\n');
        }
        return text.toString();
    }

    @Test
    void shouldMakeACommandThatRunsAsItStands() {
        ClusterOptions cluster = new ClusterOptions();

        assertThat(EARLIER.command(Path.of("/opt/tripline/tripline"), cluster, "file:/s/savepoint-1"))
                .isEqualTo("/opt/tripline/tripline job submit --jobmanager localhost:8081 --name tripline"
                        + " --config '/etc/trip line.yaml' --parallelism 2 --savepoint file:/s/savepoint-1");
    }

    /** A note of what to do by hand names it. */
    @Test
    void shouldFindTheStartScriptAboveItsOwnClasses() {
        assertThat(SubmissionOptions.program())
                .isEqualTo(Path.of("../../tripline").toAbsolutePath().normalize());
    }
}
