package io.tripline.job.kafka;

import java.util.Map;

/** Which properties of Kafka's clients may stand in settings, and how. */
final class ClientProperty {
    /** What the job decides itself, and what says so in its stead. */
    private static final Map<String, String> OURS = Map.of(
            "bootstrap.servers", "use kafka.brokers",
            "group.id", "use kafka.group",
            "transactional.id", "use kafka.transaction-prefix",
            "transaction.timeout.ms", "use kafka.transaction-timeout",
            "enable.auto.commit", "offsets are in the job's checkpoints",
            "auto.offset.reset", "use the option --from",
            "key.serializer", "the job sets its serializers",
            "value.serializer", "the job sets its serializers",
            "key.deserializer", "the job sets its deserializers",
            "value.deserializer", "the job sets its deserializers");

    private ClientProperty() {}

    /**
     * Checks a property.
     *
     * @throws IllegalArgumentException if the job decides about it, or it holds a secret as it is; the message does not
     *     tell the value
     */
    static void check(String name, String value) {
        String instead = OURS.get(name);
        if (instead != null) {
            throw new IllegalArgumentException("cannot be set here: " + instead);
        }
        if (isSecret(name) && !value.contains("${")) {
            throw new IllegalArgumentException(
                    "is a secret and must not be in this file; refer to a file, such as ${file:/etc/tripline/kafka.properties:"
                            + name + "}");
        }
    }

    private static boolean isSecret(String name) {
        return name.endsWith("password")
                || name.endsWith("sasl.jaas.config")
                || name.endsWith("keystore.key")
                || name.endsWith("secret")
                || name.endsWith("basic.auth.user.info");
    }
}
