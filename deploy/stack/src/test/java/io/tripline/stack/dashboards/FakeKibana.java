package io.tripline.stack.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The endpoints of Kibana that the script uses. Refuses what Kibana refuses: no {@code kbn-xsrf}, no or another key,
 * another form of document.
 */
final class FakeKibana implements AutoCloseable {
    static final String KEY = "QUJDLWRlZg==";

    private final Map<String, ObjectNode> dataViews = new TreeMap<>();
    private final Map<String, ObjectNode> rules = new TreeMap<>();
    final Map<String, JsonNode> dashboards = new TreeMap<>();
    final List<String> writes = new ArrayList<>();

    private final HttpServer server;
    private final String space;
    private String version = "9.5.0";

    FakeKibana() throws IOException {
        this("");
    }

    /** With everything in a space, such as {@code /s/soc}. */
    FakeKibana(String space) throws IOException {
        this.space = space;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    void is(String other) {
        version = other;
    }

    ObjectNode dataView(String id) {
        return Objects.requireNonNull(dataViews.get(id), id);
    }

    ObjectNode rule(String id) {
        return Objects.requireNonNull(rules.get(id), id);
    }

    int rules() {
        return rules.size();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private record Answer(int status, JsonNode body) {}

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonNode document =
                    body.length == 0 ? KibanaPanel.JSON.createObjectNode() : KibanaPanel.JSON.readTree(body);
            Answer answer = checked(exchange, document);
            byte[] bytes = answer.body().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Answer checked(HttpExchange exchange, JsonNode document) {
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith(space + "/api/")) {
            return message(404, "Not Found");
        }
        if (!("ApiKey " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return message(401, "Unauthorized");
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            if (!"true".equals(exchange.getRequestHeaders().getFirst("kbn-xsrf"))) {
                return message(400, "Request must contain a kbn-xsrf header.");
            }
            writes.add(exchange.getRequestMethod() + " " + path);
        }
        return routed(
                exchange.getRequestMethod(),
                path.substring(space.length()),
                exchange.getRequestURI().getQuery(),
                document);
    }

    private Answer routed(String method, String path, String query, JsonNode document) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        if (path.equals("/api/status")) {
            return new Answer(
                    200,
                    KibanaPanel.JSON
                            .createObjectNode()
                            .set("version", KibanaPanel.JSON.createObjectNode().put("number", version)));
        }
        if (path.equals("/api/data_views/data_view") && method.equals("POST")) {
            JsonNode view = document.path("data_view");
            if (dataViews.containsKey(view.path("id").asText())) {
                return message(400, "Duplicate data view: " + view.path("title").asText());
            }
            dataViews.put(view.path("id").asText(), (ObjectNode) view);
            return new Answer(200, document);
        }
        if (path.startsWith("/api/data_views/data_view/")) {
            if (!dataViews.containsKey(id)) {
                return message(404, "Saved object [index-pattern/" + id + "] not found");
            }
            if (method.equals("POST")) {
                if (document.path("data_view").has("id")) {
                    return message(400, "[request body.data_view.id]: definition for this key is missing");
                }
                dataView(id).setAll((ObjectNode) document.path("data_view"));
            }
            return new Answer(200, KibanaPanel.JSON.createObjectNode().set("data_view", dataView(id)));
        }
        if (path.startsWith("/api/dashboards/") && method.equals("PUT")) {
            List<String> refusals = DashboardsApi.refusals(document);
            if (!refusals.isEmpty()) {
                return message(400, refusals.get(0));
            }
            return new Answer(dashboards.put(id, document) == null ? 201 : 200, document);
        }
        if (path.equals("/api/detection_engine/rules")) {
            return rule(method, query, document);
        }
        return message(404, "Not Found");
    }

    private Answer rule(String method, String query, JsonNode document) {
        String id = method.equals("GET")
                ? query.replace("rule_id=", "")
                : document.path("rule_id").asText();
        boolean there = rules.containsKey(id);
        if (method.equals("POST") == there) {
            return there
                    ? message(409, "rule_id: \"" + id + "\" already exists")
                    : message(404, "rule_id: \"" + id + "\" not found");
        }
        if (!method.equals("GET")) {
            rules.put(id, (ObjectNode) document);
        }
        return new Answer(200, rule(id));
    }

    private static Answer message(int status, String message) {
        return new Answer(
                status,
                KibanaPanel.JSON.createObjectNode().put("statusCode", status).put("message", message));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
