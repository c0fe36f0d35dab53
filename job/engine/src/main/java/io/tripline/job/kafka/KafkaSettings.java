package io.tripline.job.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * How to reach Kafka. Travels with the job, so it holds no secret: where one is needed, a client property refers to a
 * file by Kafka's own configuration providers, and the client reads it where it runs.
 *
 * @param brokers {@code host:port}, any of one cluster
 * @param group under which the job's progress can be watched; where it reads on is in its checkpoints
 * @param delivery of alerts
 * @param transactionPrefix begins the names of the job's transactions; two jobs must not share it
 * @param transactionTimeout after which the broker gives up a transaction; above the longest restart, at most the
 *     broker's {@code transaction.max.timeout.ms}
 * @param holdBack how far a live sensor may be behind the others before they go on without it
 * @param client properties for every Kafka client of the job
 */
public record KafkaSettings(
        List<String> brokers,
        Topics topics,
        String group,
        Delivery delivery,
        String transactionPrefix,
        Duration transactionTimeout,
        Duration holdBack,
        Map<String, String> client)
        implements Serializable {
    public static final KafkaSettings DEFAULT = new KafkaSettings(
            List.of("localhost:9092"),
            Topics.DEFAULT,
            "tripline-job",
            Delivery.AT_LEAST_ONCE,
            "tripline",
            Duration.ofMinutes(15),
            Duration.ofSeconds(5),
            Map.of());

    private static final String PROVIDERS = "config.providers";
    private static final String PROVIDER_PACKAGE = "org.apache.kafka.common.config.provider.";

    public KafkaSettings {
        brokers = List.copyOf(brokers);
        client = Map.copyOf(client);
        if (brokers.isEmpty()) {
            throw new IllegalArgumentException("no broker given; write for example localhost:9092");
        }
        checkHoldBack(holdBack);
        client.forEach(KafkaSettings::checkClient);
    }

    /**
     * Checks a property of Kafka's clients.
     *
     * @throws IllegalArgumentException if the job decides about it, or it holds a secret as it is; the message does not
     *     tell the value
     */
    public static void checkClient(String name, String value) {
        ClientProperty.check(name, value);
    }

    /**
     * Checks how long sensors wait for one another.
     *
     * @throws IllegalArgumentException if it is too short for any sensor, or without an end
     */
    public static void checkHoldBack(Duration holdBack) {
        if (holdBack.compareTo(Duration.ofSeconds(1)) < 0 || holdBack.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("must be between 1s and 1d");
        }
    }

    /** A copy with other brokers. */
    public KafkaSettings withBrokers(List<String> others) {
        return new KafkaSettings(
                others, topics, group, delivery, transactionPrefix, transactionTimeout, holdBack, client);
    }

    /** A copy with other topics. */
    public KafkaSettings withTopics(Topics others) {
        return new KafkaSettings(
                brokers, others, group, delivery, transactionPrefix, transactionTimeout, holdBack, client);
    }

    /** A copy with another delivery guarantee of alerts. */
    public KafkaSettings withDelivery(Delivery other) {
        return new KafkaSettings(
                brokers, topics, group, other, transactionPrefix, transactionTimeout, holdBack, client);
    }

    /** What every client is made with; references to secrets are not resolved. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.setProperty(PROVIDERS, "file,env,directory");
        properties.setProperty(PROVIDERS + ".file.class", PROVIDER_PACKAGE + "FileConfigProvider");
        properties.setProperty(PROVIDERS + ".env.class", PROVIDER_PACKAGE + "EnvVarConfigProvider");
        properties.setProperty(PROVIDERS + ".directory.class", PROVIDER_PACKAGE + "DirectoryConfigProvider");
        properties.putAll(client);
        properties.setProperty("bootstrap.servers", String.join(",", brokers));
        return properties;
    }

    /** Tells properties by name only: a value that is no reference may yet be something to keep. */
    @Override
    public String toString() {
        return "KafkaSettings[brokers=" + brokers + ", topics=" + topics + ", group=" + group + ", delivery=" + delivery
                + ", client=" + new TreeMap<>(client).keySet() + "]";
    }
}
