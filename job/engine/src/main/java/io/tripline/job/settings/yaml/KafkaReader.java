package io.tripline.job.settings.yaml;

import io.tripline.job.kafka.Delivery;
import io.tripline.job.kafka.KafkaSettings;
import io.tripline.job.kafka.Topics;
import io.tripline.shell.yaml.YamlNode;
import io.tripline.shell.yaml.YamlNode.Entry;
import io.tripline.shell.yaml.YamlNode.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads key {@code kafka}. Values of client properties are never told, since one may be a secret by mistake. */
final class KafkaReader {
    private static final Pattern BROKER =
            Pattern.compile("[A-Za-z0-9._-]{1,253}:[0-9]{1,5}|\\[[0-9a-fA-F:]{2,45}]:[0-9]{1,5}");
    private static final List<String> KEYS = List.of(
            "brokers",
            "topics",
            "group",
            "delivery",
            "transaction-prefix",
            "transaction-timeout",
            "hold-back",
            "client");
    private static final List<String> TOPICS =
            List.of("packets", "alerts", "suppressed", "late", "rejected", "schemas");

    private final Mistakes mistakes;
    private final Values values;

    KafkaReader(Mistakes mistakes) {
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
    }

    KafkaSettings read(YamlNode node) {
        KafkaSettings usual = KafkaSettings.DEFAULT;
        Group group = Group.of(node, "kafka", KEYS, mistakes);
        if (group == null) {
            return usual;
        }
        YamlNode brokers = group.value("brokers");
        YamlNode topics = group.value("topics");
        YamlNode delivery = group.value("delivery");
        YamlNode timeout = group.value("transaction-timeout");
        YamlNode client = group.value("client");
        YamlNode holdBack = group.value("hold-back");
        Delivery chosen = delivery == null ? null : values.constant(delivery, group.path("delivery"), Delivery.class);
        Duration given = timeout == null ? null : values.duration(timeout, group.path("transaction-timeout"));
        return new KafkaSettings(
                brokers == null ? usual.brokers() : brokers(brokers, group.path("brokers")),
                topics == null ? usual.topics() : topics(topics),
                text(group, "group", usual.group()),
                chosen == null ? usual.delivery() : chosen,
                text(group, "transaction-prefix", usual.transactionPrefix()),
                given == null ? usual.transactionTimeout() : given,
                holdBack == null ? usual.holdBack() : holdBack(holdBack, group.path("hold-back")),
                client == null ? usual.client() : client(client));
    }

    private Duration holdBack(YamlNode node, String path) {
        Duration given = values.duration(node, path);
        Duration read = given == null
                ? null
                : valid(node.line(), path, () -> {
                    KafkaSettings.checkHoldBack(given);
                    return given;
                });
        return read == null ? KafkaSettings.DEFAULT.holdBack() : read;
    }

    private String text(Group group, String key, String usual) {
        YamlNode node = group.value(key);
        String text = node == null ? null : values.text(node, group.path(key));
        return text == null ? usual : text;
    }

    private List<String> brokers(YamlNode node, String path) {
        List<String> brokers = new ArrayList<>();
        for (YamlNode item : values.list(node, path)) {
            String broker = values.text(item, path);
            if (broker != null && !BROKER.matcher(broker).matches()) {
                mistakes.add(
                        item.line(),
                        path,
                        "'" + Mistakes.shown(broker)
                                + "' is not a valid broker; write host:port, such as localhost:9092");
            } else if (broker != null) {
                brokers.add(broker);
            }
        }
        return brokers.isEmpty() ? KafkaSettings.DEFAULT.brokers() : brokers;
    }

    private Topics topics(YamlNode node) {
        Topics usual = Topics.DEFAULT;
        Group group = Group.of(node, "kafka.topics", TOPICS, mistakes);
        if (group == null) {
            return usual;
        }
        Topics read = valid(
                group.line(),
                "kafka.topics",
                () -> new Topics(
                        text(group, "packets", usual.packets()),
                        text(group, "alerts", usual.alerts()),
                        text(group, "suppressed", usual.suppressed()),
                        text(group, "late", usual.late()),
                        text(group, "rejected", usual.rejected()),
                        text(group, "schemas", usual.schemas())));
        return read == null ? usual : read;
    }

    private Map<String, String> client(YamlNode node) {
        Map<String, String> properties = new TreeMap<>();
        Group group = Group.open(node, "kafka.client", mistakes);
        if (group == null) {
            return properties;
        }
        for (Entry entry : group.entries()) {
            String path = group.path(entry.key());
            if (!(entry.value() instanceof Scalar value) || value.text().isBlank()) {
                mistakes.add(entry.line(), path, "must be a text, a number, true or false");
                continue;
            }
            Boolean good = valid(entry.line(), path, () -> {
                KafkaSettings.checkClient(entry.key(), value.text());
                return Boolean.TRUE;
            });
            if (good != null) {
                properties.put(entry.key(), value.text());
            }
        }
        return properties;
    }

    private <T> @Nullable T valid(int line, String path, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            mistakes.add(line, path, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
