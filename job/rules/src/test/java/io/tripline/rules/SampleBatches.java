package io.tripline.rules;

import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.flow.SensorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Captures that ship with the project as sensors on one wire tell of them, in small batches. */
final class SampleBatches {
    private static final Path SAMPLES = Path.of("..", "..", "samples");

    private SampleBatches() {}

    /** What each sensor tells of all of a capture, by time. */
    static List<PacketBatch> of(String capture, String... sensors) throws IOException {
        List<PacketBatch> batches = new ArrayList<>();
        for (String name : sensors) {
            SensorSettings settings = new SensorSettings(name, "", 1 << 16, 40, Duration.ofMillis(100), false);
            // A batch is the builder's own, and is used again.
            Sensor sensor = new Sensor(settings, batch -> batches.add(copy(batch)));
            try (Captures source =
                    Captures.open(List.of(SAMPLES.resolve(capture).toString()), InputStream.nullInputStream())) {
                while (source.read(sensor, 10_000) > 0) {
                    // There is more.
                }
                sensor.flush();
            }
        }
        batches.sort(Comparator.comparingLong(PacketBatch::getNewest));
        return batches;
    }

    private static PacketBatch copy(PacketBatch batch) {
        try {
            return BatchEncoding.decode(BatchEncoding.encode(batch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
