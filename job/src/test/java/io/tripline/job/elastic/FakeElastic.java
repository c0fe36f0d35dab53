package io.tripline.job.elastic;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A server that answers bulk requests as Elasticsearch does, versions included, and fails as it is told. What it says was taken from 8.19.21
 * and 9.5.3.
 */
final class FakeElastic implements AutoCloseable {
    /** A document as it is stored. */
    record Stored(String index, long version, String json) {}

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
    private volatile boolean template = true;
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
        server.stop(0);
    }

    /** Answers again, where it did before. */
    synchronized void comeBack() throws IOException {
        server = start(port);
    }

    /** Answers so many requests in this way. */
    synchronized void refuse(int times, Refusal refusal) {
        for (int i = 0; i < times; i++) {
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

    void withoutTemplate() {
        template = false;
    }

    synchronized Map<String, Stored> stored() {
        return Map.copyOf(stored);
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
        if (!authorized.test(header == null ? "" : header)) {
            send(exchange, Refusal.of(401, "security_exception", "unable to authenticate"));
            return;
        }
        Refusal refusal;
        synchronized (this) {
            refusal = exchange.getRequestURI().getPath().equals("/_bulk") ? refusals.poll() : null;
        }
        if (refusal != null) {
            send(exchange, refusal);
        } else if (exchange.getRequestURI().getPath().equals("/_bulk")) {
            send(exchange, new Refusal(200, bulk(body)));
        } else {
            send(exchange, template ? new Refusal(200, "{}") : Refusal.of(404, "resource_not_found_exception", "none"));
        }
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
            all.addObject().set("index", item(read(lines[i]).path("index"), lines[i + 1]));
        }
        return answer.toString();
    }

    private ObjectNode item(JsonNode action, String json) {
        String id = action.path("_id").asText();
        long version = action.path("version").asLong();
        ObjectNode result = JSON.createObjectNode();
        int scripted = items.apply(id)[0];
        Stored before = stored.get(id);
        if (scripted != 0) {
            error(result, scripted, scripted == 400 ? "document_parsing_exception" : "scripted_exception");
        } else if (!action.path("version_type").asText().equals("external_gte")
                || read(json).isMissingNode()) {
            error(result, 400, "document_parsing_exception");
        } else if (before != null && version < before.version()) {
            error(result, 409, "version_conflict_engine_exception");
        } else {
            stored.put(id, new Stored(action.path("_index").asText(), version, json));
            result.put("status", before == null ? 201 : 200);
        }
        return result;
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
