package io.tripline.job.kafka;

import io.tripline.job.kafka.BrokerProbe.Offsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Asks leaders of a topic's partitions what they have. */
final class TopicOffsets implements BrokerProbe.Question {
    /** Milliseconds within which a leader answers that is there. */
    private static final int PATIENCE = 5_000;

    private final KafkaSettings kafka;
    private final String topic;

    TopicOffsets(KafkaSettings kafka) {
        this.kafka = kafka;
        this.topic = kafka.topics().packets();
    }

    @Override
    public Map<Integer, Offsets> ask(Set<Integer> partitions) {
        Properties properties = kafka.properties();
        properties.setProperty("default.api.timeout.ms", Integer.toString(PATIENCE));
        properties.setProperty("request.timeout.ms", Integer.toString(PATIENCE));
        Map<Integer, Offsets> answers = new HashMap<>();
        try (Admin admin = Admin.create(properties)) {
            ListOffsetsResult first = admin.listOffsets(all(partitions, OffsetSpec.earliest()));
            ListOffsetsResult next = admin.listOffsets(all(partitions, OffsetSpec.latest()));
            for (Integer partition : partitions) {
                TopicPartition at = new TopicPartition(topic, partition);
                try {
                    long begin = first.partitionResult(at).get().offset();
                    long end = next.partitionResult(at).get().offset();
                    answers.put(partition, new Offsets(begin, end));
                } catch (ExecutionException e) {
                    // Its leader is away, or not known; Kafka has tried again as long as it may.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answers;
    }

    private Map<TopicPartition, OffsetSpec> all(Set<Integer> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (Integer partition : partitions) {
            asked.put(new TopicPartition(topic, partition), which);
        }
        return asked;
    }
}
