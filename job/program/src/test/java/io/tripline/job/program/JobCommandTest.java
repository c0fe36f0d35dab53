package io.tripline.job.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the program says where nothing is there that it could talk to. */
class JobCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter error = new StringWriter();

    private int run(String... arguments) {
        CommandLine program = JobCommand.commandLine();
        return program.setErr(new PrintWriter(error, true))
                .setOut(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }

    @Test
    void shouldTellEachMistakeInSettingsBeforeItTouchesAnything() throws IOException {
        Path file = Files.writeString(folder.resolve("t.yaml"), "rules:\n  port-scn: {}\nkafca: {}\n");

        assertThat(run("update", "--config", file.toString(), "--jobmanager", "localhost:1"))
                .isEqualTo(64);
        assertThat(error.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("tripline: " + file))
                .anyMatch(line -> line.contains(":2: rules.port-scn: no such rule"))
                .anyMatch(line -> line.contains(":3: kafca: no such key; did you mean 'kafka'?"));
    }

    @Test
    void shouldTellWrongUsageInOneLineAndWhereHelpIs() {
        assertThat(run("submit", "--parallelism", "many")).isEqualTo(64);
        assertThat(error.toString().lines()).hasSize(2).last().asString().isEqualTo("Try: tripline job submit --help");
    }

    @Test
    void shouldTellAnAddressThatIsNone() {
        assertThat(run("stop", "--jobmanager", "nowhere")).isEqualTo(64);
        assertThat(error).hasToString("tripline: --jobmanager must be an address such as localhost:8081\n");
    }

    @Test
    void shouldTellAClusterThatDoesNotAnswer() {
        assertThat(run("status", "--jobmanager", "127.0.0.1:1")).isEqualTo(69);
        assertThat(error.toString().lines())
                .singleElement()
                .asString()
                .startsWith("tripline: the cluster at 127.0.0.1:1 cannot list its jobs: ");
    }

    @Test
    void shouldGoOnFromTheNewestStoredState() throws IOException {
        assertThat(StoredState.newest(folder)).isNull();
        Path older = Files.createDirectories(folder.resolve("checkpoints/job/chk-7"));
        Path newer = Files.createDirectories(folder.resolve("savepoints/savepoint-1"));
        Files.createDirectories(folder.resolve("checkpoints/job/chk-8"));
        Files.createFile(older.resolve("_metadata"));
        Files.setLastModifiedTime(
                Files.createFile(newer.resolve("_metadata")),
                java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 10_000));

        assertThat(StoredState.newest(folder)).isEqualTo(newer.toAbsolutePath());
    }
}
