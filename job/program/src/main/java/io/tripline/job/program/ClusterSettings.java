package io.tripline.job.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in a cluster's {@code config.yaml}, as its JobManager tells it. */
record ClusterSettings(Map<String, String> values) {
    static ClusterSettings of(Rest rest) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (JsonNode entry : rest.get("/jobmanager/config")) {
            values.put(entry.path("key").asText(), entry.path("value").asText());
        }
        return new ClusterSettings(values);
    }

    @Nullable
    String get(String key) {
        return values.get(key);
    }

    String get(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }
}
