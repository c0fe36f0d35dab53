package io.tripline.job.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.job.program.JobOptions.StateBackend;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster, through its REST interface.
 *
 * @param host of its JobManager
 * @param port of the REST interface
 */
record Cluster(String host, int port) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 250;

    /** Something to ask a client. */
    private interface Question<T> {
        CompletableFuture<T> ask(RestClusterClient<StandaloneClusterId> client);
    }

    /** Jobs that are not over. */
    List<JobStatusMessage> jobs() {
        return allJobs().stream()
                .filter(job -> !job.getJobState().isGloballyTerminalState())
                .toList();
    }

    /** Those too that are over, as far as the cluster remembers. */
    Collection<JobStatusMessage> allJobs() {
        return ask(RestClusterClient::listJobs, PATIENCE, "list its jobs");
    }

    /** The job of that name that is not over; null where there is none. */
    @Nullable
    JobStatusMessage find(String name) {
        List<JobStatusMessage> found =
                jobs().stream().filter(job -> job.getJobName().equals(name)).toList();
        if (found.size() > 1) {
            throw new UserError(
                    ExitStatus.UNAVAILABLE,
                    "the cluster runs " + found.size() + " jobs called " + name
                            + "; cancel all but one in Flink's web interface");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * Stops a job; it can go on from the savepoint whose path is returned.
     *
     * @param drain whether time goes to its end before, so that everything open is closed
     * @param told takes lines about how it goes on
     */
    String stop(JobID job, boolean drain, @Nullable String folder, SavepointFormatType format, Consumer<String> told) {
        try {
            return SavepointStop.begin(rest(), job, drain, folder, format, told).await();
        } catch (IOException e) {
            throw failed("stop job " + job + " with a savepoint", e);
        }
    }

    /** What a job was submitted with, and how it runs. */
    Submission submission(JobID job) {
        try {
            JsonNode config = rest().get("/jobs/" + job + "/config").path("execution-config");
            Map<String, String> parameters = new HashMap<>();
            config.path("user-config")
                    .properties()
                    .forEach(entry ->
                            parameters.put(entry.getKey(), entry.getValue().asText()));
            JsonNode checkpoints = rest().get("/jobs/" + job + "/checkpoints/config");
            Submission submission = Submission.of(parameters)
                    .with(Submission.PARALLELISM, config.path("job-parallelism").asText());
            Duration interval = Duration.ofMillis(checkpoints.path("interval").asLong());
            if (!interval.isNegative() && interval.compareTo(Duration.ofDays(1)) < 0) {
                submission = submission.with(
                        Submission.CHECKPOINT_INTERVAL, Long.toString(Math.max(1, interval.toSeconds())));
            }
            String backend = checkpoints.path("state_backend").asText().toLowerCase(Locale.ROOT);
            return backend.isEmpty()
                    ? submission
                    : submission.with(
                            Submission.STATE_BACKEND,
                            JobOptions.name(backend.contains("rocksdb") ? StateBackend.ROCKSDB : StateBackend.HASHMAP));
        } catch (IOException e) {
            throw failed("report the configuration of job " + job, e);
        }
    }

    /** Where the newest state of a job lies that is complete; null where there is none, or it lies in memory. */
    @Nullable
    String newestCheckpoint(JobID job) {
        try {
            JsonNode latest = rest().get("/jobs/" + job + "/checkpoints").path("latest");
            for (String kind : List.of("completed", "restored")) {
                String path = latest.path(kind).path("external_path").asText();
                if (path.contains(":/")) {
                    return path;
                }
            }
            return null;
        } catch (IOException e) {
            throw failed("report the checkpoints of job " + job, e);
        }
    }

    /**
     * Waits a minute until every task of a job runs.
     *
     * @param told takes why not, if so
     */
    void awaitRunning(JobID job, Consumer<String> told) {
        Instant end = Instant.now().plus(PATIENCE.multipliedBy(2));
        try {
            while (Instant.now().isBefore(end)) {
                JsonNode state = rest().get("/jobs/" + job);
                boolean runs = state.path("state").asText().equals("RUNNING");
                for (JsonNode vertex : state.path("vertices")) {
                    runs &= List.of("RUNNING", "FINISHED")
                            .contains(vertex.path("status").asText());
                }
                if (runs) {
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            String trace = rest().get("/jobs/" + job + "/exceptions")
                    .at("/exceptionHistory/entries/0/stacktrace")
                    .asText();
            told.accept("warning: job " + job + " was accepted, but is not running yet"
                    + (trace.isEmpty() ? "" : ": " + Causes.ofTrace(trace)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            told.accept("warning: the start of job " + job + " could not be verified: " + Causes.told(e));
        }
    }

    /** Parallelism of jobs that do not say theirs. */
    int usualParallelism() {
        try {
            return Integer.parseInt(ClusterSettings.of(rest()).get("parallelism.default", "1"));
        } catch (IOException e) {
            throw failed("report its configuration", e);
        }
    }

    /** Whether this machine is the cluster's too, so that files here are files there. */
    boolean isHere() {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Starts a job from a jar. One that the cluster cannot start leaves nothing behind.
     *
     * @param told takes what there is to do by hand, if anything
     */
    JobID submit(
            LiveJob job, String name, Path jar, int parallelism, Configuration configuration, Consumer<String> told) {
        Configuration all = new Configuration(configuration);
        all.addAll(reach());
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createRemoteEnvironment(
                host, port, all, jar.toAbsolutePath().toString());
        environment.setParallelism(parallelism);
        job.build(environment);
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(name);
        try {
            return environment.executeAsync(graph).getJobID();
        } catch (UserError e) {
            throw e;
        } catch (Exception e) { // as Flink declares it
            new RefusedJob(rest(), graph.getJobID()).forget().ifPresent(told);
            throw failed("start the job", e);
        }
    }

    private Rest rest() {
        return new Rest(host, port);
    }

    private <T> T ask(Question<T> question, Duration patience, String what) {
        try (RestClusterClient<StandaloneClusterId> client =
                new RestClusterClient<>(reach(), StandaloneClusterId.getInstance())) {
            return question.ask(client).get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw failed(what, e);
        } catch (UserError e) {
            throw e;
        } catch (Exception e) { // as Flink declares it
            throw failed(what, e);
        }
    }

    private UserError failed(String what, Exception failure) {
        return new UserError(
                ExitStatus.UNAVAILABLE,
                "the cluster at " + host + ":" + port + " cannot " + what + ": " + Causes.told(failure),
                failure);
    }

    private Configuration reach() {
        Configuration reach = new Configuration();
        reach.set(RestOptions.ADDRESS, host);
        reach.set(RestOptions.PORT, port);
        reach.set(RestOptions.RETRY_MAX_ATTEMPTS, 2);
        reach.set(RestOptions.RETRY_DELAY, Duration.ofSeconds(1));
        reach.set(RestOptions.CONNECTION_TIMEOUT, Duration.ofSeconds(5));
        return reach;
    }
}
