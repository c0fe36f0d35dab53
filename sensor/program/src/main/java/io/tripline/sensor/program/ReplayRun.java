package io.tripline.sensor.program;

import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.Disorder;
import io.tripline.sensor.capture.PacketSink;
import io.tripline.sensor.capture.PacketSource;
import io.tripline.sensor.flow.SensorSettings;
import io.tripline.sensor.publish.Publisher;
import io.tripline.sensor.publish.WallClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * Captures through a sensor to a publisher. A file does not run away: when the target is slow or away, reading waits
 * for it, and nothing is thrown away.
 */
final class ReplayRun {
    private static final int STEP = 1_024;
    private static final long HEARTBEAT = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long NAP = TimeUnit.MILLISECONDS.toNanos(50);

    private final PacketSource source;
    private final Publisher publisher;
    private final Stop stop;
    private final boolean paced;
    private final Stamp stamp;
    private final Sensor sensor;
    private final PacketSink sink = new Paced();
    private final String name;
    private long beatAt = System.nanoTime() + HEARTBEAT;
    private long startNanos = -1;
    private long startCapture;
    private boolean broken;

    /**
     * A replay.
     *
     * @param begin stream time begins in the minute after it, microseconds; 0 to keep capture time
     * @param paced whether packets come as far apart as they were captured
     */
    ReplayRun(
            PacketSource source,
            SensorSettings settings,
            Publisher publisher,
            WallClock clock,
            long run,
            long begin,
            boolean paced,
            Stop stop) {
        this.source = source;
        this.publisher = publisher;
        this.stop = stop;
        this.paced = paced;
        name = settings.sensor();
        stamp = new Stamp(run, false, publisher.brokerClock(), clock, this::put);
        sensor = begin > 0 ? new Sensor(settings, begin, stamp) : new Sensor(settings, stamp);
    }

    private void put(PacketBatch batch) {
        if (broken) {
            return;
        }
        try {
            publisher.ledger().account(name).capture(batch.getPackets());
            publisher.put(batch);
        } catch (InterruptedException e) {
            broken = true;
        }
    }

    /**
     * Reads to the end, or until a stop is asked for.
     *
     * @return packets that could not be published
     */
    long run() throws IOException {
        publisher.start();
        try {
            int given = 1;
            while (given > 0 && !stop.isAsked() && !broken) {
                given = source.read(sink, STEP);
                beat(-1);
            }
            sensor.flush();
            if (sensor.packets() > 0) {
                stamp.end();
                sensor.flow().heartbeat(-1);
            }
        } finally {
            publisher.close(stop.isAsked() ? Duration.ofSeconds(10) : Duration.ofDays(365));
        }
        return publisher.ledger().account(name).discarded();
    }

    /** The sensor, with packets that come when it is their turn. */
    private final class Paced implements PacketSink {
        @Override
        public void packet(long time, int linkType, DirectBuffer buffer, int offset, int captured, int length) {
            if (paced) {
                awaitTurn(time);
            }
            sensor.packet(time, linkType, buffer, offset, captured, length);
        }

        @Override
        public void disorder(Disorder disorder) {
            sensor.disorder(disorder);
        }
    }

    private void awaitTurn(long time) {
        if (startNanos < 0) {
            startNanos = System.nanoTime();
            startCapture = time;
        }
        long wait = time - startCapture - (System.nanoTime() - startNanos);
        while (wait > 0 && !stop.isAsked()) {
            long now = TimeUnit.NANOSECONDS.toMicros(startCapture + System.nanoTime() - startNanos);
            sensor.flow().passTime(now);
            beat(now);
            try {
                stop.await(TimeUnit.NANOSECONDS.toMillis(Math.min(wait, NAP)) + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            wait = time - startCapture - (System.nanoTime() - startNanos);
        }
    }

    private void beat(long reached) {
        if (System.nanoTime() - beatAt >= 0 && sensor.packets() > 0) {
            beatAt = System.nanoTime() + HEARTBEAT;
            sensor.flow().heartbeat(reached);
        }
    }

    Sensor sensor() {
        return sensor;
    }
}
