package io.tripline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which servers a settings file names, and how to log in to them. Other parts of the file are not looked at:
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
    static ConnectionSettings read(Path file) {
        try {
            JsonNode root = new YAMLMapper().readTree(file.toFile());
            JsonNode elastic = root.path("elasticsearch");
            Map<String, String> client = new HashMap<>();
            root.at("/kafka/client")
                    .properties()
                    .forEach(property ->
                            client.put(property.getKey(), property.getValue().asText()));
            JsonNode user = elastic.path("username");
            return new ConnectionSettings(
                    file,
                    texts(root.at("/kafka/brokers")),
                    client,
                    texts(elastic.path("hosts")),
                    path(elastic.path("api-key-file")),
                    user.isTextual() ? user.asText() : null,
                    path(elastic.path("password-file")),
                    path(elastic.path("ca-file")));
        } catch (IOException unreadable) {
            throw new StackError("--config: " + file + " is not valid YAML: "
                    + String.valueOf(unreadable.getMessage())
                            .lines()
                            .findFirst()
                            .orElse(""));
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        if (list.isTextual()) {
            texts.addAll(List.of(list.asText().split(" *, *")));
        }
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static @Nullable Path path(JsonNode node) {
        return node.isTextual() ? Path.of(node.asText()) : null;
    }
}
