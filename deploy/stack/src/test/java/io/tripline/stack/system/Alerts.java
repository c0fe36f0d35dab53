package io.tripline.stack.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripline.stack.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Alert documents wherever they end up, and what makes two of them the same. */
final class Alerts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Alerts() {}

    /** A document as a consumer of the topic gets it. */
    record Delivered(String key, JsonNode document, long appended) {
        String action() {
            return document.at("/event/action").asText();
        }
    }

    /** All records of a topic, as far as they are committed, in order within each partition. */
    static List<ConsumerRecord<String, String>> records(String brokers, String topic) {
        List<ConsumerRecord<String, String>> all = new ArrayList<>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed", "max.poll.records", "5000");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
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

    /** All alert documents on a topic. */
    static List<Delivered> delivered(String brokers, String topic) {
        return records(brokers, topic).stream()
                .map(record -> new Delivered(record.key(), read(record.value()), record.timestamp()))
                .toList();
    }

    /** The last state of each incident on a topic, by id. */
    static SortedMap<String, JsonNode> latest(String brokers, String topic) {
        SortedMap<String, JsonNode> latest = new TreeMap<>();
        delivered(brokers, topic).forEach(one -> latest.merge(one.key(), one.document(), Alerts::later));
        return latest;
    }

    /** The documents that {@code analyze} wrote, by id. */
    static SortedMap<String, JsonNode> ofFile(Path file) throws IOException {
        SortedMap<String, JsonNode> all = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode document = read(line);
            all.put(document.at("/event/id").asText(), document);
        }
        return all;
    }

    /** All documents of an index or alias of Elasticsearch, by id. */
    static SortedMap<String, JsonNode> ofIndex(String elastic, String index) throws IOException {
        SortedMap<String, JsonNode> all = new TreeMap<>();
        Http.send("POST", elastic + "/" + index + "/_refresh", "");
        for (JsonNode hit :
                Http.get(elastic + "/" + index + "/_search?size=10000").at("/hits/hits")) {
            all.put(hit.path("_id").asText(), hit.path("_source"));
        }
        return all;
    }

    /** The documents without what depends on when and through which sensor they were made. */
    static SortedMap<String, JsonNode> comparable(Map<String, JsonNode> documents) {
        SortedMap<String, JsonNode> same = new TreeMap<>();
        documents.forEach((id, document) -> same.put(id, comparable(document)));
        return same;
    }

    /** Rule and number of documents of each. */
    static Map<String, Integer> byRule(Map<String, JsonNode> documents) {
        Map<String, Integer> rules = new HashMap<>();
        documents
                .values()
                .forEach(document -> rules.merge(document.at("/rule/id").asText(), 1, Integer::sum));
        return rules;
    }

    private static JsonNode comparable(JsonNode document) {
        ObjectNode same = document.deepCopy();
        same.remove("observer");
        if (same.get("event") instanceof ObjectNode event) {
            event.remove(List.of("created", "ingested"));
        }
        if (same.get("tripline") instanceof ObjectNode ours) {
            ours.remove(List.of("sensors", "time_to_detect_ms"));
        }
        return same;
    }

    /** The one that tells the later state; of two states at one time, the closing one. */
    private static JsonNode later(JsonNode one, JsonNode other) {
        return state(other).compareTo(state(one)) >= 0 ? other : one;
    }

    private static String state(JsonNode document) {
        int stage = List.of("opened", "updated", "closed")
                .indexOf(document.at("/event/action").asText());
        return document.path("@timestamp").asText() + stage;
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
