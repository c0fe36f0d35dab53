package io.tripline.bench;

import io.tripline.rules.engine.LocalHost;
import io.tripline.rules.engine.SecondClock;
import io.tripline.rules.probe.slowscan.FailureLimits;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.flow.SensorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the rules remember of each kind of subject at the end of a capture: subjects, bytes of heap for each and for
 * all. Plays the capture once, without an engine, and then lets go of one kind after another, so that the heap shows
 * what each held. A subject's key counts; what an engine's own tables and timers add does not (about 150 bytes a
 * subject on Flink's heap).
 */
public final class StateBench {
    private static final int STEP = 4_096;

    private final EveryRule rules = new EveryRule(FailureRooms.single(FailureLimits.DEFAULT), finding -> {});
    private final SecondClock clock = new SecondClock();

    private StateBench() {}

    /**
     * Plays a capture and prints a line for each kind of subject.
     *
     * @param arguments one capture file
     * @throws IOException when it cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        StateBench bench = new StateBench();
        bench.play(List.of(arguments));
        bench.rules.forgetFolds();
        bench.print();
    }

    private void play(List<String> files) throws IOException {
        Sensor sensor = new Sensor(SensorSettings.of("bench", ""), this::add);
        try (Captures captures = Captures.open(files, InputStream.nullInputStream())) {
            while (captures.read(sensor, STEP) > 0) {
                // the sensor hands batches on
            }
        }
        sensor.flush();
    }

    private void add(PacketBatch batch) {
        rules.add(batch);
        if (clock.advance(batch.getNewest())) {
            rules.advance(clock.complete());
        }
    }

    private void print() {
        System.out.printf(Locale.ROOT, "%-22s %10s %12s %8s%n", "kind", "subjects", "bytes", "each");
        long all = 0;
        long before = EveryRule.used();
        for (Map.Entry<String, LocalHost<?, ?, ?>> entry : rules.hosts().entrySet()) {
            LocalHost<?, ?, ?> kind = entry.getValue();
            int size = kind.size();
            kind.clear();
            long after = EveryRule.used();
            long bytes = Math.max(0, before - after);
            all += bytes;
            System.out.printf(
                    Locale.ROOT, "%-22s %,10d %,12d %,8d%n", entry.getKey(), size, bytes, bytes / Math.max(1, size));
            before = after;
        }
        System.out.printf(Locale.ROOT, "%-22s %10s %,12d%n", "all", "", all);
    }
}
