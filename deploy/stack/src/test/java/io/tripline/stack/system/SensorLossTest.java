package io.tripline.stack.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import io.tripline.stack.Deadline;
import io.tripline.stack.Lab;
import io.tripline.stack.LabHost;
import io.tripline.stack.Ports;
import io.tripline.stack.SharedStack;
import io.tripline.stack.SmallDisk;
import io.tripline.stack.Stack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A live sensor loses its broker, and is killed or finds its disk full: every packet that it captured is on the topic
 * in the end, or told as discarded.
 */
@Tag("system")
@ExtendWith(SharedStack.class)
class SensorLossTest {
    @TempDir
    private Path work;

    private final String metrics = "127.0.0.1:" + Ports.free(1).get(0);

    private record Told(long packets, long discarded) {}

    @Test
    void shouldAccountForEveryPacketWhenSensorAndBrokerAreKilled(Stack stack) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ping")), "no live sensor: there is no ping");
        try (Lab lab = Lab.open();
                Pipeline pipeline = new Pipeline(stack, work, "loss")) {
            pipeline.submit("--checkpoint-interval", 1);
            pipeline.awaitRunning();
            Program.Running sensor = start(pipeline, lab, work.resolve("spool"));
            ping(lab, 500);
            awaitPublished(1_000, pipeline);

            stack.kafka().kill();
            ping(lab, 1_000);
            // What the kernel has and the sensor has not read is known to nobody.
            Deadline.in(Duration.ofMinutes(1)).until("the sensor has read 3,000 packets", () -> captured() >= 3_000);
            sensor.kill();
            stack.up();
            Program.Running next = start(pipeline, lab, work.resolve("spool"));
            ping(lab, 500);

            Deadline.in(Duration.ofMinutes(1)).until("the next sensor has read 1,000", () -> captured() >= 1_000);
            next.stop().well();
            Told told = told(pipeline);
            assertThat(told.packets() + told.discarded())
                    .as("%s; besides the echo packets there are some of ARP", told)
                    .isBetween(4_000L, 4_020L);
            pipeline.awaitConsumed();
            pipeline.drain();
            assertThat(pipeline.alerts().values().stream()
                            .filter(alert -> alert.at("/rule/id").asText().equals("sensor-health"))
                            .map(JsonNode::toString))
                    .as("the restart is told")
                    .anyMatch(alert -> alert.contains("restarted"));
        }
    }

    @Test
    void shouldAccountForEveryPacketWhenTheDiskUnderTheSpoolIsFull(Stack stack) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ping")), "no live sensor: there is no ping");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/nmap")), "no scan: there is no nmap");
        try (Lab lab = Lab.open();
                SmallDisk disk = SmallDisk.mount(work.resolve("disk"), "96k");
                Pipeline pipeline = new Pipeline(stack, work, "full")) {
            pipeline.submit("--checkpoint-interval", 1);
            pipeline.awaitRunning();
            Program.Running sensor = start(pipeline, lab, disk.folder().resolve("spool"));
            ping(lab, 500);
            awaitPublished(1_000, pipeline);

            stack.kafka().kill();
            for (int i = 0; i < 10 && !sensor.hasSaid("cannot write to " + disk.folder()); i++) {
                ping(lab, 500);
            }
            ping(lab, 500);
            stack.up();
            sensor.awaitSaying("batches go out directly again");
            LabHost attacker = lab.attacker();
            attacker.run(
                    "nmap",
                    "-n",
                    "-Pn",
                    "-sS",
                    "--top-ports",
                    "200",
                    lab.victim().address());

            Deadline.in(Duration.ofMinutes(1)).until("every packet is published, or told as discarded", () -> {
                Told told = told(pipeline);
                return told.discarded() > 0 && told.packets() + told.discarded() == captured();
            });
            sensor.stop().well();
            pipeline.awaitConsumed();
            pipeline.drain();
            assertThat(pipeline.alerts().values())
                    .as("the loss is told")
                    .anyMatch(alert -> alert.at("/message").asText().contains("threw away"))
                    .as("the scan that came when all was well again")
                    .anyMatch(alert -> alert.at("/rule/id").asText().equals("port-scan")
                            && alert.at("/source/ip").asText().equals(attacker.address()));
        }
    }

    private static void awaitPublished(long packets, Pipeline pipeline) {
        Deadline.in(Duration.ofMinutes(1))
                .until("the first packets are published", () -> told(pipeline).packets() >= packets);
    }

    private Program.Running start(Pipeline pipeline, Lab lab, Path spool) throws IOException {
        Program.Running sensor =
                pipeline.sensor("--interface", lab.segment(), "--name", "tap", "--spool", spool, "--metrics", metrics);
        sensor.awaitSaying("capturing");
        return sensor;
    }

    /** Packets that the running sensor took from the kernel. */
    private long captured() throws Exception {
        return Program.metrics(metrics)
                .lines()
                .filter(line -> line.startsWith("tripline_sensor_packets_total"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private static void ping(Lab lab, int count) throws IOException {
        assertThat(lab.attacker()
                        .run(
                                "ping",
                                "-q",
                                "-i",
                                "0.002",
                                "-c",
                                "" + count,
                                lab.victim().address())
                        .output())
                .contains(count + " received");
    }

    /** What all batches on the topic tell. */
    private static Told told(Pipeline pipeline) throws IOException {
        long packets = 0;
        long discarded = 0;
        Map<String, Object> settings = Map.of("bootstrap.servers", pipeline.brokers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(pipeline.topic("packets")).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    PacketBatch batch = BatchEncoding.decode(ByteBuffer.wrap(record.value()));
                    packets += batch.getPackets();
                    discarded += batch.getDiscarded();
                }
            }
        }
        return new Told(packets, discarded);
    }
}
