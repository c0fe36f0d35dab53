package io.tripline.job.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Puts index templates into Elasticsearch, so that every index gets the right types and its alias. They lie as files in
 * {@code deploy/elastic}, for those who would rather put them there themselves.
 */
public final class ElasticTemplates {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MAPPINGS = "-mappings";
    private static final String CUSTOM = "@custom";

    private final ElasticClient client;
    private final List<String> done = new ArrayList<>();

    private ElasticTemplates(ElasticClient client) {
        this.client = client;
    }

    /**
     * Puts those that are not there or are older, and leaves newer ones alone. Fields that an older version had not get
     * their types in the indices that are there already, too. Makes the index of this month, so that whoever searches
     * before the first document finds none, in place of an error.
     *
     * @return what was done, a line each
     * @throws ElasticException if the server cannot be reached or refuses, in one line
     */
    public static List<String> install(ElasticSettings settings) throws IOException {
        try (ElasticClient client = ElasticClient.open(settings)) {
            ElasticTemplates templates = new ElasticTemplates(client);
            templates.install("tripline-alerts", settings.alertsPrefix());
            templates.install("tripline-traffic", settings.trafficPrefix());
            templates.begin(settings.alertsPrefix());
            templates.begin(settings.trafficPrefix());
            return templates.done;
        }
    }

    private void install(String name, String prefix) throws IOException {
        ObjectNode mappings = read(name + MAPPINGS);
        ObjectNode template = read(name);
        template.set("index_patterns", names(prefix + "-*"));
        template.set("composed_of", names(prefix + MAPPINGS, prefix + CUSTOM));
        template.set("ignore_missing_component_templates", names(prefix + CUSTOM));
        ((ObjectNode) template.path("template")).putObject("aliases").putObject(prefix);

        long ours = template.path("version").asLong();
        long theirs = installed(prefix);
        if (theirs >= ours) {
            done.add("index template " + prefix + ": is there, version " + theirs);
            return;
        }
        put("/_component_template/" + prefix + MAPPINGS, mappings);
        extend(prefix + "-*", mappings);
        // Last, since its version says that all is done.
        put("/_index_template/" + prefix, template);
        done.add("index template " + prefix + ": installed, version " + ours);
    }

    private void begin(String prefix) throws IOException {
        String index = IndexMonth.of(prefix, System.currentTimeMillis() * 1_000);
        Answer answer = ask("PUT", "/" + index, "{}");
        if (answer.json().path("error").path("type").asText().equals("resource_already_exists_exception")) {
            return;
        }
        ok(answer, "create index " + index);
        done.add("index " + index + ": created");
    }

    /** Gives indices that are there already the fields that they lack. */
    private void extend(String indices, ObjectNode mappings) throws IOException {
        String body = mappings.path("template").path("mappings").toString();
        Answer answer = ask("PUT", "/" + indices + "/_mapping", body);
        if (answer.status() != 404) {
            ok(answer, "add fields to " + indices);
        }
    }

    /** Version of the index template that is there; 0 where there is none. */
    private long installed(String name) throws IOException {
        Answer answer = ask("GET", "/_index_template/" + name, null);
        if (answer.status() == 404) {
            return 0;
        }
        return ok(answer, "look for index template " + name)
                .path("index_templates")
                .path(0)
                .path("index_template")
                .path("version")
                .asLong();
    }

    private void put(String path, ObjectNode body) throws IOException {
        ok(ask("PUT", path, body.toString()), "put " + path.substring(1));
    }

    private static JsonNode ok(Answer answer, String what) throws ElasticException {
        if (answer.status() == Answer.NONE) {
            throw new ElasticException("cannot reach Elasticsearch: " + answer.reason());
        }
        if (answer.status() >= 300) {
            throw new ElasticException(
                    "Elasticsearch does not authorise this user to " + what + " (" + answer.reason() + ")");
        }
        return answer.json();
    }

    private Answer ask(String method, String path, @Nullable String body) throws IOException {
        try {
            return client.send(method, path, body).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new IllegalStateException("a request to Elasticsearch failed", e);
        } catch (TimeoutException e) {
            throw new ElasticException("Elasticsearch did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ElasticException("interrupted while waiting for Elasticsearch", e);
        }
    }

    private static ArrayNode names(String... names) {
        ArrayNode array = JSON.createArrayNode();
        for (String name : names) {
            array.add(name);
        }
        return array;
    }

    /** A file of {@code deploy/elastic}. */
    static ObjectNode read(String name) throws IOException {
        try (InputStream in = ElasticTemplates.class.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new IllegalStateException(name + ".json is missing from this program");
            }
            return (ObjectNode) JSON.readTree(in);
        }
    }
}
