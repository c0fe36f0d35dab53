package io.tripline.job.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schemas that sensors of later versions published, in a compacted topic. It is small and read as a whole, when a batch
 * needs it, with pauses that grow to 10 s while nobody is served: records with made-up fingerprints cost no more than
 * that.
 */
final class SchemaTopic implements SchemaLookup {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaTopic.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int SCHEMA_CHARACTERS = 256 << 10;
    private static final int SCHEMAS = 1_000;

    private final KafkaSettings kafka;
    private Duration pause = SHORTEST_PAUSE;
    private long asked = System.nanoTime() - LONGEST_PAUSE.toNanos();
    private int found;

    SchemaTopic(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    @Override
    public List<String> published() {
        if (System.nanoTime() - asked < pause.toNanos()) {
            return List.of();
        }
        List<String> schemas = List.of();
        try {
            schemas = read();
        } catch (KafkaException e) {
            LOG.warn("cannot read schemas from topic {}: {}", kafka.topics().schemas(), e.toString());
        }
        Duration doubled = pause.multipliedBy(2);
        pause = schemas.size() != found
                ? SHORTEST_PAUSE
                : doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        found = schemas.size();
        asked = System.nanoTime();
        return schemas;
    }

    private List<String> read() {
        List<String> schemas = new ArrayList<>();
        try (KafkaConsumer<byte[], String> from =
                new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = from.partitionsFor(kafka.topics().schemas(), PATIENCE).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            from.assign(partitions);
            from.seekToBeginning(partitions);
            var ends = from.endOffsets(partitions, PATIENCE);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (schemas.size() < SCHEMAS
                    && System.nanoTime() < until
                    && ends.entrySet().stream()
                            .anyMatch(end -> from.position(end.getKey(), PATIENCE) < end.getValue())) {
                for (ConsumerRecord<byte[], String> published : from.poll(Duration.ofMillis(100))) {
                    if (published.value() != null && published.value().length() <= SCHEMA_CHARACTERS) {
                        schemas.add(published.value());
                    }
                }
            }
        }
        return schemas;
    }

    private Properties properties() {
        Properties properties = kafka.properties();
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("allow.auto.create.topics", "false");
        properties.setProperty("client.id", "tripline-schemas");
        return properties;
    }
}
