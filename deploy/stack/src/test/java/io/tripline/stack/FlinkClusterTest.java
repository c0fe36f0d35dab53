package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkClusterTest {
    @TempDir
    private Path dir;

    @Test
    void shouldComeBackAfterEachOfItsProcessesWasKilled() throws Exception {
        List<Integer> ports = Ports.free(3);
        FlinkCluster flink = new FlinkCluster(new FlinkSettings(dir, ports.get(0), ports.get(1), ports.get(2), 2), 2);
        try {
            flink.startAndAwait();
            assertThat(flink.rest("/overview").path("slots-total").asInt()).isEqualTo(4);

            flink.taskManagers().get(0).kill();
            Deadline.in(Duration.ofMinutes(1))
                    .until(
                            "the dead TaskManager is noticed",
                            () -> flink.rest("/overview").path("taskmanagers").asInt() == 1);
            flink.jobManager().kill();
            flink.startAndAwait();

            assertThat(flink.rest("/overview").path("taskmanagers").asInt()).isEqualTo(2);
        } finally {
            flink.stop();
        }
        assertThat(flink.servers()).noneMatch(Server::isRunning);
    }
}
