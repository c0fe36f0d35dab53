package io.tripline.sensor.publish;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How Kafka's clients are set: what suits a sensor, and over it whatever the user gives. Values may be
 * {@code ${file:/path:key}}, {@code ${directory:/path:file}} or {@code ${env:NAME}}: the client looks them up where it
 * runs.
 *
 * @param brokers bootstrap servers
 * @param packets topic of batches
 * @param schemas topic of schemas
 * @param properties of the client, as the user gave them
 */
public record KafkaClientSettings(String brokers, String packets, String schemas, Map<String, String> properties) {
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /** What the sensor relies on, so nobody else sets it. */
    private static final Set<String> OURS = Set.of(
            "bootstrap.servers",
            "key.serializer",
            "value.serializer",
            "enable.idempotence",
            "acks",
            "transactional.id",
            "max.block.ms");

    public KafkaClientSettings {
        for (String topic : new String[] {packets, schemas}) {
            if (!TOPIC.matcher(topic).matches()) {
                throw new IllegalArgumentException("topic is not a valid topic name: letters, digits, dots, _ and -");
            }
        }
        for (String key : properties.keySet()) {
            if (OURS.contains(key)) {
                throw new IllegalArgumentException(key + " is set by the sensor itself; remove it");
            }
        }
        properties = Map.copyOf(properties);
    }

    /** A producer. It connects by itself, and goes on trying. */
    Producer<byte[], byte[]> producer(String sensor) {
        return new KafkaProducer<>(all(sensor), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A producer for a few records at the start, which waits for the brokers, and not for company. */
    Producer<byte[], byte[]> introducer(String sensor) {
        Map<String, Object> all = all(sensor);
        all.put("max.block.ms", "5000");
        all.put("linger.ms", "0");
        all.put("delivery.timeout.ms", "11000");
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A client that asks about brokers and topics. */
    Admin admin() {
        Map<String, Object> all = new HashMap<>(providers());
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (AdminClientConfig.configNames().contains(property.getKey())
                    || property.getKey().startsWith("config.providers")) {
                all.put(property.getKey(), property.getValue());
            }
        }
        all.put("bootstrap.servers", brokers);
        return Admin.create(all);
    }

    Map<String, Object> all(String sensor) {
        Map<String, Object> all = new LinkedHashMap<>(providers());
        all.put("client.id", "tripline-sensor-" + sensor.replaceAll("[^A-Za-z0-9._-]", "_"));
        all.put("compression.type", "zstd");
        all.put("compression.zstd.level", "1");
        all.put("linger.ms", "10");
        all.put("batch.size", String.valueOf(256 << 10));
        all.put("buffer.memory", String.valueOf(32 << 20));
        all.put("request.timeout.ms", "10000");
        all.put("reconnect.backoff.ms", "50");
        all.put("reconnect.backoff.max.ms", "1000");
        all.put("retry.backoff.max.ms", "1000");
        all.put("metadata.max.age.ms", "60000");
        // A record that was handed over is written once, when the brokers are back; what comes after it waits in the
        // spool.
        all.put("delivery.timeout.ms", String.valueOf(Integer.MAX_VALUE));
        all.putAll(properties);
        all.put("bootstrap.servers", brokers);
        all.put("enable.idempotence", "true");
        all.put("acks", "all");
        all.put("max.block.ms", "100");
        return all;
    }

    private Map<String, Object> providers() {
        Map<String, Object> providers = new LinkedHashMap<>();
        if (!properties.containsKey("config.providers")) {
            providers.put("config.providers", "file,directory,env");
            providers.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
            providers.put(
                    "config.providers.directory.class",
                    "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
            providers.put("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
        }
        return providers;
    }

    /**
     * Checks the properties without connecting anywhere.
     *
     * @throws ConfigException naming the property that cannot work; where its value is the matter, without the value
     */
    void check(String sensor) {
        Map<String, Object> all = all(sensor);
        all.put("key.serializer", ByteArraySerializer.class);
        all.put("value.serializer", ByteArraySerializer.class);
        for (Map.Entry<String, String> property : properties.entrySet()) {
            String key = property.getKey();
            if (!ProducerConfig.configNames().contains(key)
                    && !AdminClientConfig.configNames().contains(key)
                    && !key.startsWith("config.providers")) {
                throw new ConfigException(key + " is not a property of the Kafka producer");
            }
        }
        new ProducerConfig(all);
    }
}
