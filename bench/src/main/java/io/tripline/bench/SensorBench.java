package io.tripline.bench;

import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.flow.SensorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The sensor's part alone, on one thread: file → decode → flow table → batch, batches thrown away. Prints packets,
 * seconds and the seconds of processor time of that thread, which a busy machine disturbs less.
 */
public final class SensorBench {
    private static final int STEP = 4_096;

    private SensorBench() {}

    /**
     * Reads captures one after the other and prints a line for each; the first one pays for Java's warming up.
     *
     * @param arguments capture files, the same one as often as wanted
     * @throws IOException when it cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        for (String file : arguments) {
            read(file);
        }
    }

    private static void read(String file) throws IOException {
        long[] records = {0};
        long start = System.nanoTime();
        long startProcessor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long packets = 0;
        Sensor sensor = new Sensor(
                SensorSettings.of("bench", ""),
                batch -> records[0] += batch.getRecords().size());
        try (Captures captures = Captures.open(List.of(file), InputStream.nullInputStream())) {
            for (int given = 1; given > 0; packets += given) {
                given = captures.read(sensor, STEP);
            }
        }
        sensor.flush();
        double seconds = (System.nanoTime() - start) / 1e9;
        double processor = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startProcessor) / 1e9;
        System.out.printf(java.util.Locale.ROOT, "%d %.3f %.3f %d%n", packets, seconds, processor, records[0]);
    }
}
