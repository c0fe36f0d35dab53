package io.tripline.stack.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.stack.Deadline;
import io.tripline.stack.SharedStack;
import io.tripline.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong with an update or a submission, the job that ran before runs afterwards, and goes on running when
 * its cluster dies.
 */
@Tag("system")
@ExtendWith(SharedStack.class)
class UpdateTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path work;

    private Stack stack;
    private Pipeline pipeline;

    @BeforeEach
    void begin(Stack shared) throws Exception {
        stack = shared;
        pipeline = new Pipeline(shared, work, "update");
    }

    @AfterEach
    void end() throws Exception {
        stack.up();
        pipeline.close();
    }

    @Test
    void shouldKeepWhatItIsNotTold() throws Exception {
        pipeline.submit("--parallelism", 2, "--checkpoint-interval", 1, "--delivery", "exactly_once");
        pipeline.awaitRunning();
        String before = pipeline.job();
        pipeline.writeSettings("rules:\n  port-scan:\n    ports: 30\n");

        Program.Ended update = update().well();

        assertThat(update.err())
                .contains("settings: +     ports: 30\n", "stopped job " + before)
                .doesNotContain("parallelism:", "checkpoint-interval:", "delivery:", "config:");
        assertThat(pipeline.job()).isNotEqualTo(before).isEqualTo(update.out().trim());
        JsonNode config =
                stack.flink().rest("/jobs/" + pipeline.job() + "/config").path("execution-config");
        assertThat(config.path("job-parallelism").asInt()).isEqualTo(2);
        assertThat(config.path("user-config").path("tripline.config").asText())
                .isEqualTo(pipeline.settings().toString());
        assertThat(config.path("user-config").path("tripline.delivery").asText())
                .isEqualTo("exactly_once");
        assertThat(stack.flink()
                        .rest("/jobs/" + pipeline.job() + "/checkpoints/config")
                        .path("interval")
                        .asInt())
                .isEqualTo(1_000);

        assertThat(update("--checkpoint-interval", 2).well().err())
                .contains("tripline: checkpoint-interval: 1 → 2\n")
                .doesNotContain("settings:", "parallelism:");
    }

    @Test
    void shouldLeaveTheJobAloneWhereTheSavepointOfAnotherIsMistypedAndGoOnWhenTheJobManagerIsKilled() throws Exception {
        String before = running();

        Program.Ended typo = submitBeside("--savepoint", "file:/nonexistent/savepoint");
        assertThat(typo.status()).isEqualTo(69);
        assertThat(typo.err()).contains("cannot restore from file:/nonexistent/savepoint", "nothing was submitted");
        assertThat(notes()).isEmpty();

        Program.Ended forced = submitBeside("--savepoint", "file:/nonexistent/savepoint", "--unchecked");
        assertThat(forced.status()).isEqualTo(69);
        assertThat(notes())
                .as("what Flink notes of a job that it could not begin")
                .isEmpty();

        stack.flink().jobManager().kill();
        stack.up();
        pipeline.awaitRunning();
        assertThat(pipeline.job()).isEqualTo(before);
    }

    @Test
    void shouldClearWhatWouldKeepAJobManagerFromStarting() throws Exception {
        String before = running();
        Path note = refuseWithoutThisProgram();

        stack.flink().jobManager().kill();
        stack.up();

        assertThat(note).doesNotExist();
        pipeline.awaitRunning();
        assertThat(pipeline.job()).isEqualTo(before);
    }

    /** As another program leaves it that submits a job to a session cluster. */
    private Path refuseWithoutThisProgram() throws IOException {
        return Files.writeString(results().resolve("0123456789abcdef0123456789abcdef_DIRTY.json"), """
                {"result":{"id":"0123456789abcdef0123456789abcdef","name":"refused","application-status":"FAILED",\
                "accumulator-results":{},"net-runtime":0,"start-time":0,"end-time":0},"version":1}
                """);
    }

    @Test
    void shouldGoBackToTheJobAsItWasWhereTheNewOneDoesNotStart() throws Exception {
        String before = running();
        Path broken = work.resolve("broken.jar");
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(broken))) {
            jar.putNextEntry(new ZipEntry("empty"));
        }
        pipeline.writeSettings("rules:\n  port-scan:\n    ports: 30\n");

        Program.Ended update = update("--jar", broken);

        assertThat(update.status()).isEqualTo(69);
        assertThat(update.err()).contains("the update was rejected; the job continues as before, as " + pipeline.job());
        assertThat(pipeline.job()).isNotEqualTo(before);
        pipeline.awaitRunning();
        assertThat(notes()).isEmpty();
        assertThat(stack.flink()
                        .rest("/jobs/" + pipeline.job() + "/config")
                        .at("/execution-config/user-config/tripline.settings")
                        .asText())
                .doesNotContain("port-scan");
    }

    /** A job that has something to go on from. */
    private String running() throws Exception {
        pipeline.submit("--checkpoint-interval", 1);
        pipeline.awaitRunning();
        pipeline.awaitCheckpoint();
        return pipeline.job();
    }

    private Program.Ended update(Object... more) throws Exception {
        List<Object> all = new ArrayList<>(List.of("update"));
        all.addAll(pipeline.onCluster());
        all.addAll(List.of(more));
        return Program.JOB.run(all.toArray());
    }

    private Program.Ended submitBeside(Object... more) throws Exception {
        List<Object> all = new ArrayList<>(List.of(
                "submit",
                "--jobmanager",
                stack.flink().restAddress(),
                "--name",
                pipeline.name() + "-second",
                "--config",
                pipeline.settings(),
                "--topic-prefix",
                pipeline.name()));
        all.addAll(List.of(more));
        return Program.JOB.run(all.toArray());
    }

    private Path results() throws IOException {
        return Files.createDirectories(stack.dir().resolve("flink/ha/job-result-store/stack"));
    }

    /** Of jobs that ended, but for those of which the cluster is still clearing up. */
    private List<Path> notes() throws IOException {
        List<Path> left = new ArrayList<>();
        Deadline.in(PATIENCE).until("jobs that ended are cleared up", () -> {
            left.clear();
            try (Stream<Path> files = Files.list(results())) {
                for (Path note : files.filter(file -> file.toString().endsWith("_DIRTY.json"))
                        .toList()) {
                    if (!Files.readString(note).contains("application-id")) {
                        left.add(note);
                    }
                }
            }
            return left.isEmpty();
        });
        return left;
    }
}
