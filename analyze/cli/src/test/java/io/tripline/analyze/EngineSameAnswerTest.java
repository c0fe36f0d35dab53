package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever runs the rules, with however many threads: each capture gives the same alerts and indicators, byte for byte.
 */
class EngineSameAnswerTest {
    @TempDir
    private Path work;

    private record Written(String alerts, String indicators) {}

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(TestCapture.SAMPLES)) {
            return files.filter(file -> file.toString().matches(".*\\.pcap(ng)?(\\.gz)?")).sorted().toList().stream();
        }
    }

    /** Each failure names its seed; -Dtripline.seed= takes one. */
    static LongStream seeds() {
        Long seed = Long.getLong("tripline.seed");
        return seed == null ? new Random().longs(3) : LongStream.of(seed);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldGiveTheSameBytesOfEachSampleWithAnyNumberOfThreads(Path sample) throws IOException {
        Written alone = with("direct", 1, sample);

        assertThat(with("direct", 2, sample)).isEqualTo(alone);
        assertThat(with("direct", 3, sample)).isEqualTo(alone);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multi_scan_sequence_with_background.pcap", "flood_icmp.pcap.gz", "benign_dns_av_reputation.pcap"
            })
    void shouldGiveTheSameBytesWithFlink(String sample) throws IOException {
        compare(TestCapture.SAMPLES.resolve(sample));
    }

    @ParameterizedTest
    @MethodSource("samples")
    @Tag("system")
    void shouldGiveTheSameBytesOfEachSampleWithFlink(Path sample) throws IOException {
        compare(sample);
    }

    @Test
    void shouldGiveTheSameBytesOfAllSamplesAtOnce() throws IOException {
        assertThat(compare(TestCapture.SAMPLES).alerts()).hasLineCount(31);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldGiveTheSameBytesOfRandomCaptures(long seed) throws IOException {
        System.out.println("seed " + seed);
        Path capture = RandomCapture.of(seed).write(work.resolve("random-" + seed + ".pcap"));

        assertThat(compare(capture).alerts()).as("seed %d", seed).isNotEmpty();
    }

    private Written compare(Path capture) throws IOException {
        Written direct = with("direct", 1, capture);
        for (int threads : List.of(2, 3)) {
            assertThat(with("direct", threads, capture))
                    .as("%s, %d threads", capture, threads)
                    .isEqualTo(direct);
        }
        assertThat(with("flink", 2, capture)).as("%s, Flink", capture).isEqualTo(direct);
        return direct;
    }

    private Written with(String engine, int parallelism, Path capture) throws IOException {
        Run run = Run.analyze(
                work, "--engine", engine, "--parallelism", "" + parallelism, "--report", "none", capture.toString());
        assertThat(run.err()).isEmpty();
        return new Written(run.text(OutputFolder.ALERTS), run.text(OutputFolder.INDICATORS));
    }
}
