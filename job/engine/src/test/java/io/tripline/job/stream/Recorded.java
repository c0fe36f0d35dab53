package io.tripline.job.stream;

import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.flow.SensorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Captures that ship with the project, moved so that all begin at one moment: several incidents are open at once. */
public final class Recorded {
    private static final long START = 1_790_000_000_000_000L;
    private static final long SECOND = 1_000_000;
    private static final int STEP = 10_000;

    private Recorded() {}

    /** Batches of all captures in the order of their time, one sensor for each. */
    public static List<PacketBatch> together(String... captures) throws IOException {
        List<PacketBatch> all = new ArrayList<>();
        for (String capture : captures) {
            all.addAll(moved(capture));
        }
        all.sort(Comparator.comparingLong(PacketBatch::getNewest));
        return all;
    }

    /** How many of them lie before so many seconds from the start. */
    public static int before(int seconds, List<PacketBatch> batches) {
        return (int) batches.stream()
                .takeWhile(batch -> batch.getNewest() < START + seconds * SECOND)
                .count();
    }

    private static List<PacketBatch> moved(String capture) throws IOException {
        List<PacketBatch> batches = new ArrayList<>();
        try (Captures source = Captures.open(
                List.of(Path.of("..", "..", "samples", capture).toString()), InputStream.nullInputStream())) {
            // A batch is the builder's own, and is used again.
            Sensor sensor = new Sensor(SensorSettings.of(capture, ""), batch -> batches.add(copy(batch)));
            while (source.read(sensor, STEP) > 0) {
                // There is more.
            }
            sensor.flush();
        }
        long move = START - Math.floorDiv(batches.get(0).getTime(), SECOND) * SECOND;
        for (PacketBatch batch : batches) {
            batch.setTime(batch.getTime() + move);
            batch.setNewest(batch.getNewest() + move);
        }
        return batches;
    }

    private static PacketBatch copy(PacketBatch batch) {
        try {
            ByteBuffer bytes = BatchEncoding.encode(batch);
            return BatchEncoding.decode(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
