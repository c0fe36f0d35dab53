package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.JobSettings;
import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.flow.SensorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same captures give the same bytes, however the work is spread and cut. All samples together: several actors,
 * rules and link types.
 */
class RepeatabilityTest {
    @TempDir
    private Path work;

    private record Written(String alerts, String indicators) {}

    @Test
    void shouldGiveTheSameBytesAtAnyParallelismAndAgain() throws Exception {
        Written first = samples("1");

        // Fewer than the captures give one by one: some scans of one source lie less than a minute apart.
        assertThat(first.alerts()).hasLineCount(31);
        assertThat(first.indicators().lines().count()).isGreaterThan(1_000);
        assertThat(samples("2")).isEqualTo(first);
        assertThat(samples("2")).isEqualTo(first);
        assertThat(samples("4")).isEqualTo(first);
    }

    @Test
    void shouldGiveTheSameBytesWhenBatchesPassThroughAvro() throws Exception {
        SensorSettings settings = SensorSettings.of("analyze", "");
        Written direct = samples(settings, UnaryOperator.identity());

        assertThat(direct).isEqualTo(samples("1"));
        assertThat(samples(settings, RepeatabilityTest::throughAvro)).isEqualTo(direct);
    }

    @Test
    void shouldGiveTheSameBytesHoweverPacketsAreCutIntoBatches() throws Exception {
        Written usual = samples(cutInto(1_000, Duration.ofMillis(100)), UnaryOperator.identity());

        assertThat(samples(cutInto(1, Duration.ofMillis(100)), UnaryOperator.identity()))
                .isEqualTo(usual);
        assertThat(samples(cutInto(50, Duration.ofMillis(7)), UnaryOperator.identity()))
                .isEqualTo(usual);
        assertThat(samples(cutInto(65_535, Duration.ofSeconds(1)), UnaryOperator.identity()))
                .isEqualTo(usual);
    }

    private static SensorSettings cutInto(int entries, Duration span) {
        return new SensorSettings("analyze", "", 1 << 16, entries, span, false);
    }

    private static PacketBatch throughAvro(PacketBatch batch) {
        try {
            return BatchEncoding.decode(BatchEncoding.encode(batch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Written samples(String parallelism) throws IOException {
        Run run = Run.analyze(work, "--parallelism", parallelism, TestCapture.SAMPLES.toString());
        assertThat(run.err()).isEmpty();
        return new Written(run.text(OutputFolder.ALERTS), run.text(OutputFolder.INDICATORS));
    }

    private Written samples(SensorSettings settings, UnaryOperator<PacketBatch> passage) throws Exception {
        Path alerts = Files.createTempFile(work, "alerts", "");
        Path indicators = Files.createTempFile(work, "indicators", "");
        Captures captures = Captures.open(List.of(TestCapture.SAMPLES.toString()), InputStream.nullInputStream());
        try (Results results = new Results();
                AnalysisRun run = new AnalysisRun(captures, settings, passage, results)) {
            run.start();
            Engine.DIRECT.execute(run, JobSettings.DEFAULT, 2);
            results.complete();
            results.alerts().writeTo(alerts);
            IndicatorFile.write(results, indicators);
        }
        return new Written(Files.readString(alerts), Files.readString(indicators));
    }
}
