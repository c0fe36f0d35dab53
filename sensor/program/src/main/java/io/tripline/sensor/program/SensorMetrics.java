package io.tripline.sensor.program;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tripline.sensor.decode.Unread;
import io.tripline.sensor.publish.Account;
import io.tripline.sensor.publish.Publisher;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** What the sensor counts, for Prometheus. Nothing is counted twice: each metric reads what the sensor keeps anyway. */
final class SensorMetrics {
    private static final String SENSOR = "sensor";

    private SensorMetrics() {}

    static PrometheusMeterRegistry of(Publisher publisher, List<LiveSensor> sensors) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        publishing(registry, publisher);
        for (LiveSensor sensor : sensors) {
            capture(registry, sensor);
            counter(
                    registry,
                    "tripline.sensor.discarded",
                    Tags.of(SENSOR, sensor.name()),
                    "Packets captured that could not be published, also by earlier runs that were killed",
                    publisher.ledger().account(sensor.name()),
                    Account::discarded);
        }
        return registry;
    }

    private static void publishing(MeterRegistry registry, Publisher publisher) {
        counter(
                registry,
                "tripline.sensor.batches",
                Tags.empty(),
                "Batches published, heartbeats among them",
                publisher,
                p -> p.counts().batches());
        counter(
                registry,
                "tripline.sensor.published.bytes",
                Tags.empty(),
                "Bytes published, before compression",
                publisher,
                p -> p.counts().bytes());
        counter(
                registry,
                "tripline.sensor.spooled.batches",
                Tags.empty(),
                "Batches that went through the spool",
                publisher,
                p -> p.counts().spooledBatches());
        counter(
                registry,
                "tripline.sensor.publish.failures",
                Tags.empty(),
                "Attempts to publish that failed",
                publisher,
                p -> p.counts().failures());
        gauge(registry, "tripline.sensor.spool.bytes", "Bytes in the spool", publisher, Publisher::spoolBytes);
        gauge(
                registry,
                "tripline.sensor.spool.capacity.bytes",
                "Capacity of the spool",
                publisher,
                Publisher::spoolCapacity);
        gauge(registry, "tripline.sensor.queue.batches", "Batches that wait in memory", publisher, Publisher::waiting);
        gauge(
                registry,
                "tripline.sensor.spooling",
                "1 while batches go through the spool",
                publisher,
                p -> p.isSpooling() ? 1 : 0);
        gauge(
                registry,
                "tripline.sensor.clock.offset.seconds",
                "How far this host's clock is ahead of the broker's",
                publisher,
                p -> p.brokerClock().offset() / 1e6);
        gauge(
                registry,
                "tripline.sensor.clock.correction.seconds",
                "Seconds added to capture time",
                publisher,
                p -> p.brokerClock().correction() / 1e6);
        gauge(
                registry,
                "tripline.sensor.last.ack.seconds",
                "Seconds since a batch was acknowledged",
                publisher,
                p -> p.counts().secondsSinceAcknowledged());
    }

    private static void capture(MeterRegistry registry, LiveSensor sensor) {
        Tags tags = Tags.of(SENSOR, sensor.name());
        counter(registry, "tripline.sensor.packets", tags, "Packets captured", sensor, LiveSensor::packets);
        counter(
                registry,
                "tripline.sensor.bytes",
                tags,
                "Bytes on the wire of captured packets",
                sensor,
                LiveSensor::bytes);
        String dropped = "Packets lost before the sensor saw them, by cause";
        counter(
                registry,
                "tripline.sensor.dropped",
                tags.and("cause", "kernel"),
                dropped,
                sensor,
                LiveSensor::kernelDrops);
        counter(
                registry,
                "tripline.sensor.dropped",
                tags.and("cause", "interface"),
                dropped,
                sensor,
                LiveSensor::interfaceDrops);
        counter(
                registry,
                "tripline.sensor.evicted",
                tags,
                "Conversations evicted from a full flow table",
                sensor,
                LiveSensor::evicted);
        for (Unread reason : Unread.values()) {
            String name = reason.reason();
            counter(
                    registry,
                    "tripline.sensor.unread",
                    tags.and("reason", name),
                    "Packets that could not be decoded, by reason",
                    sensor,
                    s -> {
                        AtomicLong count = s.unread().get(name);
                        return count == null ? 0 : count.get();
                    });
        }
        Gauge.builder("tripline.sensor.capturing", sensor, s -> s.isCapturing() ? 1 : 0)
                .tags(tags)
                .description("1 while capturing on the interface")
                .register(registry);
    }

    private static <T> void counter(
            MeterRegistry registry, String name, Tags tags, String text, T from, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, from, value).tags(tags).description(text).register(registry);
    }

    private static <T> void gauge(MeterRegistry registry, String name, String text, T from, ToDoubleFunction<T> value) {
        Gauge.builder(name, from, value).description(text).register(registry);
    }
}
