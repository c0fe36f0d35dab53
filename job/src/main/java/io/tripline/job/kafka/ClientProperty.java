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
            "enable.auto.commit", "the job's checkpoints say where to read on",
            "auto.offset.reset", "use the option --from",
            "key.serializer", "the job writes what it has to write",
            "value.serializer", "the job writes what it has to write",
            "key.deserializer", "the job reads what it has to read",
            "value.deserializer", "the job reads what it has to read");

    private ClientProperty() {}

    /**
     * Checks a property.
     *
     * @throws IllegalArgumentException if the job decides about it, or it holds a secret as it is; the message does not tell the value
     */
    static void check(String name, String value) {
        String instead = OURS.get(name);
        if (instead != null) {
            throw new IllegalArgumentException("is not set here: " + instead);
        }
        if (isSecret(name) && !value.contains("${")) {
            throw new IllegalArgumentException(
                    "is a secret and must not stand here; refer to a file, such as ${file:/etc/tripline/kafka.properties:"
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
