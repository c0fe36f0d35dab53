package io.tripline.stack;

import io.tripline.shell.yaml.YamlNode;
import io.tripline.shell.yaml.YamlNode.Entry;
import io.tripline.shell.yaml.YamlNode.Form;
import io.tripline.shell.yaml.YamlNode.Mapping;
import io.tripline.shell.yaml.YamlNode.Scalar;
import io.tripline.shell.yaml.YamlNode.Sequence;
import io.tripline.shell.yaml.YamlTree;
import io.tripline.shell.yaml.YamlTree.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which servers a settings file names, and how to log in to them. What else it says is not looked at:
 * {@code tripline rules check} says whether it is right.
 *
 * @param client properties of Kafka clients; secrets stand in files that they refer to
 */
record ConnectionSettings(
        Path file,
        List<String> brokers,
        Map<String, String> client,
        List<String> hosts,
        @Nullable Path apiKeyFile,
        @Nullable String username,
        @Nullable Path passwordFile,
        @Nullable Path caFile) {
    private static final int DEPTH = 20;

    static ConnectionSettings read(Path file) {
        YamlNode root;
        try {
            root = YamlTree.read(Files.readString(file), DEPTH, (line, path, fault, detail) -> {
                throw new StackError("--config: " + file + ":" + line + ": "
                        + (fault == Fault.NOT_YAML
                                ? "is not valid YAML: " + detail
                                : path + ": "
                                        + fault.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
            });
        } catch (IOException unreadable) {
            throw new StackError("--config: cannot read " + file, unreadable);
        }
        YamlNode kafka = find(root, "kafka");
        YamlNode elastic = find(root, "elasticsearch");
        Map<String, String> client = new HashMap<>();
        if (find(kafka, "client") instanceof Mapping properties) {
            properties.entries().forEach(property -> client.put(property.key(), text(property.value())));
        }
        YamlNode user = find(elastic, "username");
        return new ConnectionSettings(
                file,
                texts(find(kafka, "brokers")),
                client,
                texts(find(elastic, "hosts")),
                path(find(elastic, "api-key-file")),
                user instanceof Scalar ? text(user) : null,
                path(find(elastic, "password-file")),
                path(find(elastic, "ca-file")));
    }

    private static @Nullable YamlNode find(@Nullable YamlNode group, String key) {
        Entry entry = group instanceof Mapping mapping ? mapping.find(key) : null;
        return entry == null ? null : entry.value();
    }

    private static String text(YamlNode node) {
        return node instanceof Scalar scalar ? scalar.text() : "";
    }

    private static List<String> texts(@Nullable YamlNode node) {
        if (node instanceof Sequence list) {
            return list.items().stream().map(ConnectionSettings::text).toList();
        }
        return node instanceof Scalar scalar ? List.of(scalar.text().split(" *, *")) : List.of();
    }

    private static @Nullable Path path(@Nullable YamlNode node) {
        return node instanceof Scalar scalar && scalar.form() == Form.TEXT ? Path.of(scalar.text()) : null;
    }
}
