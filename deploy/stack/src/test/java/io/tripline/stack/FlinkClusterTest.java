package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkClusterTest {
    @TempDir
    private Path dir;

    private FlinkCluster flink;

    @BeforeEach
    void startTwoTaskManagers() {
        List<Integer> ports = Ports.free(3);
        flink = new FlinkCluster(new FlinkSettings(dir, ports.get(0), ports.get(1), ports.get(2), 2, Map.of()), 2);
        flink.startAndAwait();
    }

    @AfterEach
    void stopAll() {
        flink.stop();
        assertThat(flink.servers()).noneMatch(Server::isRunning);
    }

    @Test
    void shouldGoOnWithAJobWhateverWasKilled() throws Exception {
        String job = EndlessJob.submit(flink, dir);
        awaitCheckpointAfter(job, 0);

        flink.busy(job).kill();
        await("the job goes on with the other TaskManager", () -> restored(job) > 0 && isRunning(job));

        long before = restored(job);
        awaitCheckpointAfter(job, before);
        flink.servers().forEach(Server::kill);
        flink.startAndAwait();
        await("the job goes on as after a power failure", () -> restored(job) > before && isRunning(job));

        assertThat(flink.rest("/overview").path("slots-total").asInt()).isEqualTo(4);
    }

    private static void await(String what, Callable<Boolean> question) {
        Deadline.in(Duration.ofMinutes(2)).until(what, question);
    }

    private void awaitCheckpointAfter(String job, long number) {
        await(
                "there is a checkpoint after " + number,
                () -> checkpoints(job).at("/latest/completed/id").asLong() > number);
    }

    private boolean isRunning(String job) throws IOException {
        return flink.rest("/jobs/" + job).path("state").asText().equals("RUNNING");
    }

    private long restored(String job) throws IOException {
        return checkpoints(job).at("/latest/restored/id").asLong();
    }

    private JsonNode checkpoints(String job) throws IOException {
        return flink.rest("/jobs/" + job + "/checkpoints");
    }
}
