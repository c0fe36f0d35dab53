package io.tripline.stack.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import io.tripline.stack.SharedStack;
import io.tripline.stack.Stack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two sensors see the same scans, or half of them each, while a third is silent and the clock of a fourth is five
 * minutes ahead.
 */
@Tag("system")
@ExtendWith(SharedStack.class)
class SensorsTogetherTest {
    private static final Path CAPTURE = Program.ROOT.resolve("samples/multi_scan_sequence_with_background.pcap");

    /** A second before the capture begins, microseconds. */
    private static final long BEFORE = 1_795_329_620_000_000L;

    private static final String HALF =
            "(dst host 192.168.100.99 and (tcp[2:2] & 1) = %1$d) or (src host 192.168.100.99 and (tcp[0:2] & 1) = %1$d)"
                    + " or (udp and host 192.168.100.99 and %1$d = 0)";

    @TempDir
    private Path work;

    @Test
    void shouldCountOnceWhatBothSee(Stack stack) throws Exception {
        try (Pipeline pipeline = new Pipeline(stack, work, "both")) {
            SortedMap<String, JsonNode> alone = Alerts.comparable(pipeline.analyzed(CAPTURE));

            SortedMap<String, JsonNode> together = seen(pipeline, CAPTURE, CAPTURE);

            assertThat(Alerts.comparable(together)).isEqualTo(alone);
            assertNamesBoth(together);
        }
    }

    @Test
    void shouldUniteTheHalvesThatEachSees(Stack stack) throws Exception {
        try (Pipeline pipeline = new Pipeline(stack, work, "halves")) {
            SortedMap<String, JsonNode> alone = pipeline.analyzed(CAPTURE);

            SortedMap<String, JsonNode> together = seen(pipeline, half(0), half(1));

            assertThat(together).hasSameSizeAs(alone);
            JsonNode whole = alone.values().iterator().next();
            JsonNode united = together.values().iterator().next();
            for (String what : List.of(
                    "/rule/id", "/source/ip", "/destination/ip", "/tripline/ports/distinct", "/event/severity")) {
                assertThat(united.at(what)).as(what).isEqualTo(whole.at(what));
            }
            assertNamesBoth(together);
        }
    }

    private static void assertNamesBoth(SortedMap<String, JsonNode> alerts) {
        assertThat(alerts.values())
                .allSatisfy(alert -> assertThat(alert.at("/tripline/sensors").findValuesAsText("id"))
                        .containsExactlyInAnyOrder("west", "east"));
    }

    private Path half(int parity) throws IOException, InterruptedException {
        Path file = work.resolve("half-" + parity + ".pcap");
        Process tcpdump = new ProcessBuilder(
                        "tcpdump",
                        "-Z",
                        "root",
                        "-r",
                        CAPTURE.toString(),
                        "-w",
                        file.toString(),
                        HALF.formatted(parity))
                .redirectErrorStream(true)
                .start();
        String said = new String(tcpdump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tcpdump.waitFor()).as(said).isZero();
        return file;
    }

    /**
     * What the job says of captures that two sensors replay side by side; of troubles of sensors only that of the
     * clock.
     */
    private SortedMap<String, JsonNode> seen(Pipeline pipeline, Path west, Path east) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", pipeline.brokers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long now = Instant.now().toEpochMilli() * 1_000;
            int partitions = producer.partitionsFor(pipeline.topic("packets")).size();
            for (int partition = 0; partition < partitions; partition++) {
                send(producer, pipeline, partition, heartbeat("silent", BEFORE, 0, partition));
                send(
                        producer,
                        pipeline,
                        partition,
                        heartbeat("ahead", now + 300_000_000, now + 300_000_000, partition));
            }
        }
        pipeline.submit("--checkpoint-interval", 1);
        pipeline.awaitRunning();
        List<Program.Running> sensors = new ArrayList<>();
        sensors.add(replay(pipeline, west, "west"));
        sensors.add(replay(pipeline, east, "east"));
        for (Program.Running sensor : sensors) {
            sensor.await().well();
        }
        pipeline.awaitConsumed();
        pipeline.drain();
        SortedMap<String, JsonNode> alerts = pipeline.alerts();
        assertThat(Alerts.records(pipeline.brokers(), pipeline.topic("late"))).isEmpty();
        alerts.values().removeIf(alert -> alert.at("/rule/id").asText().equals("sensor-health"));
        return alerts;
    }

    private static Program.Running replay(Pipeline pipeline, Path capture, String name) throws IOException {
        return pipeline.sensor("--read", capture, "--pace", "--original-time", "--name", name, "--segment", "");
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, Pipeline pipeline, int partition, PacketBatch batch)
            throws Exception {
        ByteBuffer bytes = BatchEncoding.encode(batch);
        byte[] value = new byte[bytes.remaining()];
        bytes.get(value);
        producer.send(new ProducerRecord<>(pipeline.topic("packets"), partition, null, value))
                .get();
    }

    private static PacketBatch heartbeat(String sensor, long newest, long sentAt, long sequence) {
        return PacketBatch.newBuilder()
                .setSensor(sensor)
                .setSequence(sequence)
                .setTime(newest)
                .setNewest(newest)
                .setSentAt(sentAt)
                .setRun(newest)
                .setFirstFrame(0)
                .setPackets(0)
                .setBytes(0)
                .setProtocols(List.of())
                .setUnread(List.of())
                .setRecords(List.of())
                .setVolumes(List.of())
                .build();
    }
}
