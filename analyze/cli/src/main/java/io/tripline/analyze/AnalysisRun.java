package io.tripline.analyze;

import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.capture.PacketSink;
import io.tripline.sensor.flow.SensorSettings;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One analysis while it runs: the thread that reads captures, and what the job hands back.
 *
 * <p>Flink serialises sources and sinks even where all of it runs in one process. They carry the run's name, and find
 * it again here.
 */
final class AnalysisRun implements AutoCloseable {
    private static final ConcurrentMap<String, AnalysisRun> RUNS = new ConcurrentHashMap<>();
    private static final int STEP = 4_096;

    private final String name = UUID.randomUUID().toString();
    private final BatchQueue queue = new BatchQueue();
    private final Captures captures;
    private final Feed feed;
    private final Results results;
    private final Thread reader = new Thread(this::read, "capture");

    AnalysisRun(Captures captures, SensorSettings settings, Results results) {
        this(captures, settings, UnaryOperator.identity(), results);
    }

    /** An analysis of captures by one sensor, whose batches pass through {@code passage} on their way to the job. */
    AnalysisRun(Captures captures, SensorSettings settings, UnaryOperator<PacketBatch> passage, Results results) {
        this(
                captures,
                batches -> {
                    Sensor sensor = new Sensor(settings, batch -> batches.accept(passage.apply(batch)));
                    return new Feed(sensor, sensor::flush);
                },
                results);
    }

    /** An analysis of captures whose packets become batches by {@code sensors}, such as several sensors. */
    AnalysisRun(Captures captures, Function<Consumer<PacketBatch>, Feed> sensors, Results results) {
        this.captures = captures;
        this.results = results;
        this.feed = sensors.apply(queue::put);
        RUNS.put(name, this);
    }

    /**
     * What makes batches of packets.
     *
     * @param packets takes packets
     * @param flush hands over what is left
     */
    record Feed(PacketSink packets, Runnable flush) {}

    /** The run of the given name, which must be open. */
    static AnalysisRun of(String name) {
        AnalysisRun run = RUNS.get(name);
        if (run == null) {
            throw new IllegalStateException("there is no run " + name + " in this process");
        }
        return run;
    }

    String name() {
        return name;
    }

    BatchQueue queue() {
        return queue;
    }

    Results results() {
        return results;
    }

    /** Begins to read, as far ahead of the job as the queue allows. */
    void start() {
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            while (captures.read(feed.packets(), STEP) > 0) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
            feed.flush().run();
            queue.finish(null);
        } catch (IOException | RuntimeException | Error e) {
            queue.finish(e);
        }
    }

    @Override
    public void close() throws IOException {
        queue.cancel();
        reader.interrupt();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RUNS.remove(name);
        captures.close();
    }
}
