package io.tripline.job.program;

import com.sun.net.httpserver.HttpServer;
import io.tripline.schemas.HttpAnswer;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics} for Prometheus and {@code /health} for whoever watches a job in this process. One request at a time.
 */
final class JobHealth implements AutoCloseable {
    private static final int WAITING = 8;
    private static final String CHECKPOINTS = "flink_jobmanager_job_numberOfCompletedCheckpoints";
    private static final String RESTARTS = "flink_jobmanager_job_numRestarts";

    /** How the job stands. */
    record Report(String status, long checkpointSeconds, long restarts, String reason) {
        boolean healthy() {
            return reason.isEmpty();
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"status\":\"%s\",\"job\":\"%s\",\"last_checkpoint_seconds\":%d,\"restarts\":%d,\"reason\":\"%s\"}\n",
                    healthy() ? "up" : "down",
                    status,
                    checkpointSeconds,
                    restarts,
                    reason);
        }
    }

    private final Supplier<String> status;
    private final long patience;
    private final @Nullable HttpServer server;
    private final ExecutorService thread;
    private double checkpoints;
    private long checkpointAt = System.nanoTime();

    private JobHealth(@Nullable HttpServer server, Supplier<String> status, Duration patience) {
        this.server = server;
        this.status = status;
        this.patience = patience.toSeconds();
        thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, "tripline-metrics");
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Serves there; nowhere where {@code place} says {@code off}.
     *
     * @param place HOST:PORT
     * @param status of the job as Flink calls it, {@code RUNNING} where all is well
     * @param patience how old the last checkpoint may be
     */
    static JobHealth start(String place, Supplier<String> status, Duration patience) {
        if (place.equals("off")) {
            return new JobHealth(null, status, patience);
        }
        int colon = place.lastIndexOf(':');
        if (!place.matches("[^\\s/]+:[0-9]{1,5}") || Integer.parseInt(place.substring(colon + 1)) > 65_535) {
            throw new UserError(ExitStatus.USAGE, "--metrics must be HOST:PORT such as 127.0.0.1:9465, or off");
        }
        HttpServer server;
        try {
            String host = place.substring(0, colon).replaceAll("^\\[|]$", "");
            server = HttpServer.create(
                    new InetSocketAddress(host, Integer.parseInt(place.substring(colon + 1))), WAITING);
        } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
            throw new UserError(ExitStatus.USAGE, "--metrics: cannot listen on " + place + ": " + Causes.told(e), e);
        }
        JobHealth health = new JobHealth(server, status, patience);
        server.createContext(
                "/metrics",
                exchange -> HttpAnswer.give(
                        exchange, "/metrics", 200, "text/plain; version=0.0.4; charset=utf-8", OwnMetrics.text()));
        server.createContext("/health", exchange -> {
            Report report = health.report();
            HttpAnswer.give(exchange, "/health", report.healthy() ? 200 : 503, "application/json", report.json());
        });
        server.setExecutor(health.thread);
        server.start();
        return health;
    }

    /** How it stands now. */
    private Report report() {
        return report(status.get(), OwnMetrics.sum(CHECKPOINTS), OwnMetrics.sum(RESTARTS));
    }

    /**
     * How it stands, given what is counted.
     *
     * @param completed checkpoints so far; not a number where that is not known
     */
    synchronized Report report(String state, double completed, double restarts) {
        if (completed != checkpoints && !Double.isNaN(completed)) {
            checkpoints = completed;
            checkpointAt = System.nanoTime();
        }
        long age = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - checkpointAt);
        String reason = !state.equals("RUNNING")
                ? "the job is " + state.toLowerCase(Locale.ROOT)
                : age > patience ? "no checkpoint was completed for " + age + " seconds" : "";
        return new Report(state, age, Double.isNaN(restarts) ? 0 : (long) restarts, reason);
    }

    /** Where it listens; 0 where it does not. */
    int port() {
        return server == null ? 0 : server.getAddress().getPort();
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        thread.shutdownNow();
    }
}
