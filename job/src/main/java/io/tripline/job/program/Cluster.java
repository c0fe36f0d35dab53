package io.tripline.job.program;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster, through its REST interface.
 *
 * @param host of its JobManager
 * @param port of the REST interface
 */
record Cluster(String host, int port) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SAVEPOINT_PATIENCE = Duration.ofMinutes(10);

    /** Something to ask a client. */
    private interface Question<T> {
        CompletableFuture<T> ask(RestClusterClient<StandaloneClusterId> client);
    }

    /** Jobs that are not over. */
    List<JobStatusMessage> jobs() {
        Collection<JobStatusMessage> all = ask(RestClusterClient::listJobs, PATIENCE, "list its jobs");
        return all.stream()
                .filter(job -> !job.getJobState().isGloballyTerminalState())
                .toList();
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
     */
    String stop(JobID job, boolean drain, @Nullable String folder) {
        return ask(
                client -> client.stopWithSavepoint(job, drain, folder, SavepointFormatType.CANONICAL),
                SAVEPOINT_PATIENCE,
                "stop job " + job + " with a savepoint");
    }

    /** Starts a job from a jar. */
    JobID submit(LiveJob job, String name, Path jar, int parallelism, Configuration configuration) {
        Configuration all = new Configuration(configuration);
        all.addAll(reach());
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createRemoteEnvironment(
                host, port, all, jar.toAbsolutePath().toString());
        if (parallelism > 0) {
            environment.setParallelism(parallelism);
        }
        try {
            return job.start(environment, name).getJobID();
        } catch (UserError e) {
            throw e;
        } catch (Exception e) { // as Flink declares it
            throw failed("start the job", e);
        }
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
