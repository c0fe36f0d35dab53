package io.tripline.sensor.program;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tripline.schemas.HttpAnswer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics} for Prometheus, {@code /health} for whoever watches whether all is well, and {@code /live} for
 * whoever starts a stuck program anew. One request at a time.
 */
final class MetricsServer implements AutoCloseable {
    private static final int WAITING = 8;

    private final @Nullable HttpServer server;
    private final @Nullable ExecutorService thread;

    private MetricsServer(@Nullable HttpServer server, @Nullable ExecutorService thread) {
        this.server = server;
        this.thread = thread;
    }

    /** Serves there; nowhere where {@code place} is null. */
    static MetricsServer start(@Nullable HostPort place, PrometheusMeterRegistry registry, Health health)
            throws IOException {
        if (place == null) {
            return new MetricsServer(null, null);
        }
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(place.host(), place.port()), WAITING);
        } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
            throw new IOException(
                    "--metrics: cannot listen on " + place.host() + ":" + place.port() + ": " + e.getMessage(), e);
        }
        server.createContext(
                "/metrics",
                exchange -> HttpAnswer.give(
                        exchange, "/metrics", 200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape()));
        server.createContext("/health", exchange -> {
            Health.Report report = health.report();
            HttpAnswer.give(exchange, "/health", report.healthy() ? 200 : 503, "application/json", report.json());
        });
        server.createContext("/live", exchange -> {
            Health.Report report = health.alive();
            HttpAnswer.give(exchange, "/live", report.healthy() ? 200 : 503, "application/json", report.json());
        });
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, "tripline-metrics");
            made.setDaemon(true);
            return made;
        });
        server.setExecutor(thread);
        server.start();
        return new MetricsServer(server, thread);
    }

    /** Where it listens; 0 where it does not. */
    int port() {
        return server == null ? 0 : server.getAddress().getPort();
    }

    @Override
    public void close() {
        if (server != null && thread != null) {
            server.stop(0);
            thread.shutdownNow();
        }
    }
}
