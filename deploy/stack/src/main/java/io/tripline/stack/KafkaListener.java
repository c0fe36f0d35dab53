package io.tripline.stack;

import java.util.Locale;
import java.util.Map;

/**
 * A further address of a broker, with encryption or log-in.
 *
 * @param name in capitals, such as {@code SECURE}
 * @param protocol {@code SSL}, {@code SASL_SSL} or {@code SASL_PLAINTEXT}
 * @param properties Kafka's settings of this listener, without the prefix {@code listener.name.…}
 */
public record KafkaListener(String name, int port, String protocol, Map<String, String> properties) {
    public KafkaListener {
        if (!name.matches("[A-Z]+")) {
            throw new IllegalArgumentException("name: '" + name + "' is not in capitals");
        }
        properties = Map.copyOf(properties);
    }

    String prefix() {
        return "listener.name." + name.toLowerCase(Locale.ROOT) + ".";
    }

    String endpoint() {
        return name + "://127.0.0.1:" + port;
    }
}
