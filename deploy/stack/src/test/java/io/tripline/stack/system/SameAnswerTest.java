package io.tripline.stack.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.stack.SharedStack;
import io.tripline.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Captures through sensor, Kafka and a cluster with two TaskManagers give the documents that {@code analyze} writes.
 * Without a corpus, some of the samples; {@code bench/same-answer CORPUS} takes every capture of a folder.
 */
@ExtendWith(SharedStack.class)
class SameAnswerTest {
    private static final Path SAMPLES = Program.ROOT.resolve("samples");

    /**
     * A JobManager keeps some megabytes of each job that it was given, see docs/operations.md; after so many jobs it is
     * started anew.
     */
    private static final int JOBS = 20;

    private static int jobs;

    @TempDir
    private Path work;

    static Stream<Path> captures() throws IOException {
        String corpus = System.getProperty("tripline.corpus");
        if (corpus == null) {
            return Stream.of(
                            "multi_scan_sequence_with_background.pcap",
                            "distributed_5src_15ports.pcap",
                            "arp_arpspoof_mitm.pcap")
                    .map(SAMPLES::resolve);
        }
        try (Stream<Path> files = Files.list(Path.of(corpus))) {
            return files.filter(file -> file.toString().matches(".*\\.pcap(ng)?(\\.gz)?")).sorted().toList().stream();
        }
    }

    @AfterEach
    void refresh(Stack stack) throws Exception {
        if (++jobs % JOBS == 0) {
            stack.flink().jobManager().kill();
            stack.up();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void shouldGiveTheDocumentsThatAnalyzeWrites(Path capture, Stack stack) throws Exception {
        try (Pipeline pipeline = new Pipeline(stack, work, "same")) {
            SortedMap<String, JsonNode> alone = Alerts.comparable(pipeline.analyzed(capture));

            pipeline.replay("--read", capture, "--name", "analyze", "--segment", "");
            pipeline.submit("--until-now");
            pipeline.awaitState("FINISHED");

            assertThat(Alerts.comparable(pipeline.alerts())).isEqualTo(alone);
            assertThat(Alerts.records(pipeline.brokers(), pipeline.topic("late")))
                    .isEmpty();
            assertThat(Alerts.records(pipeline.brokers(), pipeline.topic("rejected")))
                    .isEmpty();
        }
    }
}
