package io.tripline.stack.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.stack.Deadline;
import io.tripline.stack.SharedStack;
import io.tripline.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A partition is added to the packets' topic while a sensor publishes and the job runs. */
@Tag("system")
@ExtendWith(SharedStack.class)
class PartitionsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String OFTEN = "--checkpoint-interval=1";

    /** Data leaves in names that are asked for, over a minute. */
    private static final Path EXFILTRATION = Program.ROOT.resolve("samples/dns_exfil_short_hex16_A.pcap");

    @TempDir
    private Path work;

    /** Its sensors learn of it within a second here, and use it half a minute later. */
    @Test
    void shouldLoseNothingOfAPartitionThatIsAdded(Stack stack) throws Exception {
        try (Pipeline pipeline = new Pipeline(stack, work, "added")) {
            Path properties = Files.writeString(work.resolve("sensor.properties"), "metadata.max.age.ms=1000\n");
            pipeline.submit(OFTEN, "--parallelism", 2);
            pipeline.awaitRunning();
            Program.Running sensor = pipeline.sensor(
                    "--read",
                    EXFILTRATION,
                    "--pace",
                    "--name",
                    "analyze",
                    "--segment",
                    "",
                    "--kafka-properties",
                    properties);
            Deadline.in(PATIENCE)
                    .until("some is published", () -> !pipeline.published().isZero());

            int before = partitions(pipeline);
            try (Admin admin = admin(pipeline)) {
                admin.createPartitions(Map.of(pipeline.topic("packets"), NewPartitions.increaseTo(before + 1)))
                        .all()
                        .get();
            }
            sensor.await().well();

            pipeline.awaitConsumed();
            assertThat(packets(pipeline)).as("some is in the new one").anyMatch(one -> one.partition() == before);
            assertThat(pipeline.restarts()).as("the job goes on").isZero();
            pipeline.drain();
            assertSame(pipeline, EXFILTRATION);
        }
    }

    private static void assertSame(Pipeline pipeline, Path capture) throws Exception {
        SortedMap<String, JsonNode> analyzed = Alerts.comparable(pipeline.analyzed(capture));
        assertThat(analyzed).isNotEmpty();
        assertThat(Alerts.comparable(pipeline.alerts())).isEqualTo(analyzed);
        assertThat(Alerts.records(pipeline.brokers(), pipeline.topic("late"))).isEmpty();
    }

    private static Admin admin(Pipeline pipeline) {
        return Admin.create(Map.of("bootstrap.servers", pipeline.brokers()));
    }

    private static int partitions(Pipeline pipeline) throws Exception {
        try (Admin admin = admin(pipeline)) {
            return admin.describeTopics(List.of(pipeline.topic("packets"))).allTopicNames().get().values().stream()
                    .mapToInt(topic -> topic.partitions().size())
                    .sum();
        }
    }

    /** All records of the packets' topic, in order within each partition. */
    private static List<ConsumerRecord<byte[], byte[]>> packets(Pipeline pipeline) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", pipeline.brokers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(pipeline.topic("packets")).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(500)).forEach(all::add);
            }
        }
        return all;
    }
}
