package io.tripline.job.kafka;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads alerts again that were told. Belongs to no group and commits nothing. */
public final class AlertTopic {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Takes one alert. */
    public interface Reader {
        /** Takes the document as it is on the topic. */
        void read(String json) throws IOException;
    }

    private AlertTopic() {}

    /**
     * Reads what is on the topic now.
     *
     * @param since the first that the broker took at that time or later; null for all
     * @throws TopicSetup.Unavailable if Kafka cannot be reached, or there is no such topic
     */
    public static void read(KafkaSettings kafka, @Nullable Instant since, Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.putAll(kafka.properties());
        properties.setProperty("isolation.level", "read_committed");
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("allow.auto.create.topics", "false");
        properties.putIfAbsent("default.api.timeout.ms", String.valueOf(PATIENCE.toMillis()));
        String topic = kafka.topics().alerts();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            List<PartitionInfo> infos = consumer.partitionsFor(topic);
            if (infos == null || infos.isEmpty()) {
                throw new TopicSetup.Unavailable(
                        "no such topic: " + topic + ", or this user may not see it", new IllegalStateException());
            }
            List<TopicPartition> partitions = infos.stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            begin(consumer, partitions, ends, since);
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            while (!ends.isEmpty()) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
                    if (record.value() != null) {
                        reader.read(record.value());
                    }
                }
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
        } catch (KafkaException e) {
            throw new TopicSetup.Unavailable("cannot read topic " + topic + ": " + e.getMessage(), e);
        }
    }

    private static void begin(
            KafkaConsumer<String, String> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            @Nullable Instant since) {
        if (since == null) {
            consumer.seekToBeginning(partitions);
            return;
        }
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(one -> wanted.put(one, since.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            consumer.seek(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
        }
    }
}
