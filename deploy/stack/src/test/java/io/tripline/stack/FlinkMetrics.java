package io.tripline.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What Flink's Prometheus reporter writes. The one that waits for Prometheus would listen on all addresses; this takes
 * what the one for a push gateway sends, which writes the same, and listens on loopback.
 */
public final class FlinkMetrics implements AutoCloseable {
    private final Map<String, String> latest = new ConcurrentHashMap<>();
    private final HttpServer server;

    FlinkMetrics() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/metrics", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!body.isEmpty()) {
                latest.put(exchange.getRequestURI().getPath(), body);
            }
            exchange.sendResponseHeaders(202, -1);
        }
    }

    /** Settings with which a cluster sends its metrics here. */
    Map<String, String> flinkSettings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("factory.class", "org.apache.flink.metrics.prometheus.PrometheusPushGatewayReporterFactory");
        settings.put("hostUrl", "http://127.0.0.1:" + server.getAddress().getPort());
        settings.put("interval", "2 SECONDS");
        settings.put("jobName", "flink");
        settings.put("randomJobNameSuffix", "true");
        return settings.entrySet().stream()
                .collect(Collectors.toMap(
                        setting -> "metrics.reporter.gateway." + setting.getKey(), Map.Entry::getValue));
    }

    /** Lines of all processes, as they came last: name, labels, value. */
    public List<String> lines() {
        return latest.values().stream()
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /** Names of metrics. */
    public Set<String> names() {
        return names(lines());
    }

    /** Names in lines of Prometheus's format. */
    public static Set<String> names(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
