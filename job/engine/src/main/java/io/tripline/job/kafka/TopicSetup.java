package io.tripline.job.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Makes the topics, and looks whether they are as the job needs them. */
public final class TopicSetup {
    private static final long SECONDS = 20;
    private static final String TIMESTAMPS = "message.timestamp.type";
    private static final String BROKERS_CLOCK = "LogAppendTime";

    /** Kafka does not answer, or refuses. The message is for people. */
    public static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private TopicSetup() {}

    /**
     * Makes what is not there. Topics that are there keep their partitions; that of packets gets the broker's clock.
     *
     * @param partitions of the packets' topic; 0 for the broker's default
     * @param replicas of every topic; 0 for the broker's default
     * @return what was done, a line each
     * @throws Unavailable if Kafka cannot be reached or refuses
     */
    public static List<String> make(KafkaSettings kafka, int partitions, int replicas) {
        try (Admin admin = admin(kafka)) {
            List<String> done = new ArrayList<>();
            Set<String> there = answer(admin.listTopics().names(), kafka);
            List<NewTopic> missing = wanted(kafka.topics(), partitions, replicas).stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .toList();
            answer(admin.createTopics(missing).all(), kafka);
            missing.forEach(topic -> done.add("created topic " + topic.name()));
            if (!hasBrokersClock(admin, kafka)) {
                answer(
                        admin.incrementalAlterConfigs(Map.of(
                                        packets(kafka),
                                        List.of(new AlterConfigOp(
                                                new ConfigEntry(TIMESTAMPS, BROKERS_CLOCK), AlterConfigOp.OpType.SET))))
                                .all(),
                        kafka);
                done.add("set " + TIMESTAMPS + "=" + BROKERS_CLOCK + " on topic "
                        + kafka.topics().packets());
            }
            return done;
        }
    }

    /**
     * Looks whether a job can begin.
     *
     * @return what may go wrong, if anything
     * @throws Unavailable if Kafka cannot be reached, or topics are missing
     */
    public static Optional<String> check(KafkaSettings kafka) {
        try (Admin admin = admin(kafka)) {
            Set<String> missing = new TreeSet<>();
            wanted(kafka.topics(), 0, 0).forEach(topic -> missing.add(topic.name()));
            missing.removeAll(answer(admin.listTopics().names(), kafka));
            if (!missing.isEmpty()) {
                throw new Unavailable(
                        "no such topic: " + String.join(", ", missing)
                                + ", or this user may not see it; `tripline job setup` creates topics",
                        new IllegalStateException());
            }
            return hasBrokersClock(admin, kafka)
                    ? Optional.empty()
                    : Optional.of("topic " + kafka.topics().packets() + " does not have " + TIMESTAMPS + "="
                            + BROKERS_CLOCK + ", so that sensors' clocks must be right; `tripline job setup` sets it");
        }
    }

    private static List<NewTopic> wanted(Topics topics, int partitions, int replicas) {
        List<NewTopic> wanted = new ArrayList<>(List.of(
                topic(topics.packets(), partitions, replicas).configs(Map.of(TIMESTAMPS, BROKERS_CLOCK)),
                topic(topics.alerts(), 0, replicas),
                topic(topics.late(), 0, replicas),
                topic(topics.rejected(), 0, replicas),
                // A sensor learns how its clock stands from the schema that it publishes before it begins.
                topic(topics.schemas(), 1, replicas)
                        .configs(Map.of("cleanup.policy", "compact", TIMESTAMPS, BROKERS_CLOCK))));
        if (!topics.suppressed().isEmpty()) {
            wanted.add(topic(topics.suppressed(), 0, replicas));
        }
        return wanted;
    }

    private static NewTopic topic(String name, int partitions, int replicas) {
        return new NewTopic(
                name,
                partitions == 0 ? Optional.empty() : Optional.of(partitions),
                replicas == 0 ? Optional.empty() : Optional.of((short) replicas));
    }

    private static boolean hasBrokersClock(Admin admin, KafkaSettings kafka) {
        Map<ConfigResource, Config> configs =
                answer(admin.describeConfigs(List.of(packets(kafka))).all(), kafka);
        return configs.values().stream()
                .map(config -> config.get(TIMESTAMPS))
                .allMatch(entry -> entry != null && BROKERS_CLOCK.equals(entry.value()));
    }

    private static ConfigResource packets(KafkaSettings kafka) {
        return new ConfigResource(ConfigResource.Type.TOPIC, kafka.topics().packets());
    }

    private static Admin admin(KafkaSettings kafka) {
        Properties properties = kafka.properties();
        properties.putIfAbsent("default.api.timeout.ms", "15000");
        properties.putIfAbsent("request.timeout.ms", "10000");
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            throw unavailable(kafka, e);
        }
    }

    private static <T> T answer(KafkaFuture<T> future, KafkaSettings kafka) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(kafka, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(kafka, e);
        }
    }

    private static Unavailable unavailable(KafkaSettings kafka, Throwable cause) {
        return new Unavailable("Kafka at " + String.join(",", kafka.brokers()) + ": " + reason(cause), cause);
    }

    /** In words for people; never a value of a property. */
    private static String reason(Throwable cause) {
        if (cause instanceof SslAuthenticationException) {
            return "TLS: " + root(cause).getMessage() + "; see ssl.* in kafka.client";
        }
        if (cause instanceof AuthenticationException) {
            return "authentication failed: " + cause.getMessage() + "; see sasl.* in kafka.client";
        }
        if (cause instanceof AuthorizationException) {
            return "not authorised: " + cause.getMessage();
        }
        if (cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return "no response; check kafka.brokers, and that security.protocol in kafka.client is what the brokers"
                    + " listen with";
        }
        Throwable last = cause.getCause() == null ? cause : cause.getCause();
        return last.getClass().getSimpleName() + ": " + last.getMessage();
    }

    private static Throwable root(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }
}
