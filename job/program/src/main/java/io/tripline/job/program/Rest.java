package io.tripline.job.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A Flink cluster's REST interface, for what its client library does not ask. */
final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String address;

    Rest(String host, int port) {
        address = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The cluster answers, but not with what was asked for. */
    static final class Refusal extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refusal(int status, String message) {
            super(message);
            this.status = status;
        }

        boolean isUnknown() {
            return status == 404;
        }
    }

    /** Where a path is found by other programs. */
    String url(String path) {
        return address + path;
    }

    /**
     * The document at that path, such as {@code /jobs/overview}.
     *
     * @throws Refusal if the cluster answers otherwise
     */
    JsonNode get(String path) throws IOException {
        return send(request(path).GET());
    }

    /** The answer to a JSON object of these fields. */
    JsonNode post(String path, Map<String, ?> body) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path))).timeout(PATIENCE);
    }

    private static JsonNode send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new Refusal(response.statusCode(), complaint(response));
            }
            return JSON.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Flink puts a list of texts into errors, the last with a stack trace. */
    private static String complaint(HttpResponse<String> response) {
        try {
            JsonNode errors = JSON.readTree(response.body()).path("errors");
            if (!errors.isEmpty()) {
                return Causes.ofTrace(errors.path(errors.size() - 1).asText());
            }
        } catch (JsonProcessingException e) {
            // No JSON: a proxy, or no Flink at all. The status says more than the page.
        }
        return "status " + response.statusCode() + " for " + response.uri().getPath();
    }
}
