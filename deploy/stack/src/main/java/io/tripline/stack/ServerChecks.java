package io.tripline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Whether servers answer. */
final class ServerChecks {
    private static final String PROVIDER = "org.apache.kafka.common.config.provider.";

    private ServerChecks() {}

    static List<Diagnosis> of(ConnectionSettings settings) {
        List<Diagnosis> all = new ArrayList<>();
        if (settings.brokers().isEmpty() && settings.hosts().isEmpty()) {
            all.add(Diagnosis.well("servers", settings.file() + " names none"));
        }
        if (!settings.brokers().isEmpty()) {
            all.add(kafka(settings));
        }
        settings.hosts().forEach(host -> all.add(elasticsearch(host, settings)));
        return all;
    }

    private static Diagnosis kafka(ConnectionSettings settings) {
        String brokers = String.join(",", settings.brokers());
        Map<String, Object> client = new HashMap<>(Map.of(
                "config.providers", "file,env,directory",
                "config.providers.file.class", PROVIDER + "FileConfigProvider",
                "config.providers.env.class", PROVIDER + "EnvVarConfigProvider",
                "config.providers.directory.class", PROVIDER + "DirectoryConfigProvider"));
        client.putAll(settings.client());
        client.putAll(
                Map.of("bootstrap.servers", brokers, "request.timeout.ms", "5000", "default.api.timeout.ms", "8000"));
        try (Admin admin = Admin.create(client)) {
            int count =
                    admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).size();
            return Diagnosis.well("Kafka", brokers + ": " + count + (count == 1 ? " broker" : " brokers"));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StackError("interrupted", stop);
        } catch (ExecutionException | TimeoutException | KafkaException | IllegalArgumentException refused) {
            return Diagnosis.missing(
                    "Kafka",
                    brokers + " does not answer: " + firstLine(refused),
                    "start it ('tripline stack up' starts one here), or correct kafka in " + settings.file());
        }
    }

    private static Diagnosis elasticsearch(String host, ConnectionSettings settings) {
        try {
            JsonNode health = ElasticLogin.of(settings).get(host + "/_cluster/health");
            return Diagnosis.well(
                    "Elasticsearch", host + ": " + health.path("status").asText("answers"));
        } catch (IOException | IllegalArgumentException refused) {
            return Diagnosis.missing(
                    "Elasticsearch",
                    host + " does not answer: " + firstLine(refused),
                    "start it ('tripline stack up' starts one here), or correct elasticsearch in " + settings.file());
        }
    }

    static Diagnosis flink(String jobManager) {
        try {
            JsonNode overview = Http.get("http://" + jobManager + "/overview");
            return Diagnosis.well(
                    "Flink",
                    jobManager + ": " + overview.path("taskmanagers").asInt() + " TaskManagers, "
                            + overview.path("slots-available").asInt() + " free slots, "
                            + overview.path("jobs-running").asInt() + " jobs");
        } catch (IOException | IllegalArgumentException refused) {
            return Diagnosis.missing(
                    "Flink",
                    jobManager + " does not answer: " + firstLine(refused),
                    "start it ('tripline stack up' starts one here), or correct --jobmanager");
        }
    }

    private static String firstLine(Throwable failure) {
        if (failure instanceof ExecutionException && failure.getCause() != null) {
            return firstLine(failure.getCause());
        }
        String message = failure.getMessage();
        String text = message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        return text.lines().findFirst().orElse("");
    }
}
