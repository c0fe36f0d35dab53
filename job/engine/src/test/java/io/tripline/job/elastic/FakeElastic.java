package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers reads and bulk requests as Elasticsearch does, versions included, and fails as it is told. What
 * it says was taken from 8.19.21 and 9.5.3.
 */
final class FakeElastic implements AutoCloseable {
    /** A document as it is stored. */
    record Stored(String index, long version, long sequence, String json) {}

    /** What to answer in place of doing it; a status of 0 cuts the connection. */
    record Refusal(int status, String body) {
        static Refusal of(int status, String type, String reason) {
            return new Refusal(
                    status,
                    "{\"error\":{\"type\":\"" + type + "\",\"reason\":\"" + reason + "\"},\"status\":" + status + "}");
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Stored> stored = new HashMap<>();
    private final Deque<Refusal> refusals = new ArrayDeque<>();
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> requests = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private volatile Function<String, int[]> items = id -> new int[] {0};
    private volatile Predicate<String> authorized = header -> true;
    private volatile Predicate<String> readable = id -> true;
    private volatile boolean template = true;
    private volatile boolean away;
    private long sequence;
    private @Nullable Refusal always;
    private HttpServer server;
    private final int port;

    FakeElastic() throws IOException {
        server = start(0);
        port = server.getAddress().getPort();
    }

    private HttpServer start(int at) throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 50);
        started.setExecutor(threads);
        started.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        started.start();
        return started;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Nobody answers from now on. */
    synchronized void goAway() {
        away = true;
        server.stop(0);
    }

    /** Answers again, where it did before. */
    synchronized void comeBack() throws IOException {
        away = false;
        server = start(port);
    }

    /** The same server without a network: it answers at once, on the thread that asks. */
    ElasticRequests direct() {
        return new ElasticRequests() {
            @Override
            public CompletableFuture<Answer> bulk(String body) {
                return send("POST", "/_bulk", body);
            }

            @Override
            public CompletableFuture<Answer> read(String body, String without) {
                return send("POST", "/_mget", body);
            }

            @Override
            public CompletableFuture<Answer> send(String method, String path, @Nullable String body) {
                Refusal told = away ? new Refusal(0, "") : answer(path, body == null ? "" : body, "");
                return CompletableFuture.completedFuture(
                        told.status() == 0
                                ? Answer.none("Connection refused")
                                : new Answer(told.status(), told.body()));
            }
        };
    }

    /** Somebody writes into a document, as with Kibana. */
    synchronized void annotate(String id, String member) {
        Stored before = Objects.requireNonNull(stored.get(id));
        String json = before.json().substring(0, before.json().lastIndexOf('}')) + "," + member + "}";
        stored.put(id, new Stored(before.index(), before.version() + 1, ++sequence, json));
    }

    /** Answers so many requests in this way; of {@link Integer#MAX_VALUE} all until told otherwise. */
    synchronized void refuse(int times, Refusal refusal) {
        always = times == Integer.MAX_VALUE ? refusal : null;
        for (int i = 0; i < times && always == null; i++) {
            refusals.add(refusal);
        }
    }

    /** Decides by {@code _id}: a status to answer in place of storing, or 0. */
    void itemStatus(Function<String, Integer> status) {
        items = id -> new int[] {status.apply(id)};
    }

    void authorize(Predicate<String> header) {
        authorized = header;
    }

    void withTemplate(boolean there) {
        template = there;
    }

    /** Runs before each document that is read, by its {@code _id}; whether the user may read it. */
    void readable(Predicate<String> allowed) {
        readable = allowed;
    }

    synchronized Map<String, Stored> stored() {
        return Map.copyOf(stored);
    }

    /** The document with that {@code _id}. */
    synchronized String json(String id) {
        return Objects.requireNonNull(stored.get(id)).json();
    }

    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** How many documents each bulk request had. */
    List<Integer> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(header == null ? "" : header);
        send(exchange, answer(exchange.getRequestURI().getPath(), body, header == null ? "" : header));
    }

    private Refusal answer(String path, String body, String header) {
        if (!authorized.test(header)) {
            return Refusal.of(401, "security_exception", "unable to authenticate");
        }
        Refusal refusal;
        synchronized (this) {
            refusal = path.equals("/_bulk") ? refusals.poll() : null;
            refusal = always == null ? refusal : always;
        }
        if (refusal != null) {
            return refusal;
        }
        return switch (path) {
            case "/_bulk" -> new Refusal(200, bulk(body));
            case "/_mget" -> new Refusal(200, read(JSON.createObjectNode(), body));
            default -> template ? new Refusal(200, "{}") : Refusal.of(404, "resource_not_found_exception", "none");
        };
    }

    private String read(ObjectNode answer, String body) {
        ArrayNode all = answer.putArray("docs");
        for (JsonNode wanted : read(body).path("docs")) {
            String id = wanted.path("_id").asText();
            ObjectNode one = all.addObject().put("_id", id);
            boolean allowed = readable.test(id);
            synchronized (this) {
                Stored there = stored.get(id);
                if (!allowed) {
                    one.putObject("error").put("type", "security_exception").put("reason", "action is unauthorized");
                } else if (there == null && stored.isEmpty()) {
                    one.putObject("error")
                            .put("type", "index_not_found_exception")
                            .put("reason", "no such index");
                } else if (there == null) {
                    one.put("found", false);
                } else {
                    one.put("found", true).put("_seq_no", there.sequence()).put("_primary_term", 1);
                    one.set("_source", read(there.json()));
                }
            }
        }
        return answer.toString();
    }

    private static void send(HttpExchange exchange, Refusal answer) throws IOException {
        if (answer.status() == 0) {
            return; // closing an exchange that was not answered cuts the connection
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private synchronized String bulk(String body) {
        String[] lines = body.split("\n", -1);
        requests.add(lines.length / 2);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode all = answer.putArray("items");
        for (int i = 0; i + 1 < lines.length; i += 2) {
            String what = read(lines[i]).fieldNames().next();
            all.addObject().set(what, item(what, read(lines[i]).path(what), lines[i + 1]));
        }
        return answer.toString();
    }

    private ObjectNode item(String what, JsonNode action, String json) {
        String id = action.path("_id").asText();
        long version = action.path("version").asLong();
        ObjectNode result = JSON.createObjectNode();
        int scripted = items.apply(id)[0];
        Stored before = stored.get(id);
        if (scripted != 0) {
            error(result, scripted, scripted == 400 ? "document_parsing_exception" : "scripted_exception");
        } else if (!isJson(json)) {
            error(result, 400, "document_parsing_exception");
        } else if (isConflict(what, action, before)) {
            error(result, 409, "version_conflict_engine_exception");
        } else {
            stored.put(id, new Stored(action.path("_index").asText(), version, ++sequence, json));
            result.put("status", before == null ? 201 : 200);
        }
        return result;
    }

    private static boolean isConflict(String what, JsonNode action, @Nullable Stored before) {
        if (what.equals("create")) {
            return before != null;
        }
        if (action.has("if_seq_no")) {
            return before == null
                    || before.sequence() != action.path("if_seq_no").asLong();
        }
        assertThat(action.path("version_type").asText()).isEqualTo("external_gte");
        return before != null && action.path("version").asLong() < before.version();
    }

    private static boolean isJson(String json) {
        try {
            return !JSON.readTree(json).isMissingNode();
        } catch (IOException e) {
            return false;
        }
    }

    private static void error(ObjectNode result, int status, String type) {
        result.put("status", status);
        result.putObject("error").put("type", type).put("reason", "as it was told");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        goAway();
        threads.shutdownNow();
    }
}
