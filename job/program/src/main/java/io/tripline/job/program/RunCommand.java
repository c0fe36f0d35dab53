package io.tripline.job.program;

import io.tripline.job.kafka.TopicSetup;
import io.tripline.job.program.JobOptions.StateBackend;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The job in this process. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the job in this process, without a cluster.",
            "Resumes from where an earlier run with the same --dir stopped, gracefully or not."
        })
final class RunCommand implements Callable<Integer> {
    private static final int STOP_SECONDS = 60;
    private static final int PATIENCE_SECONDS = 5;
    private static final String METRICS = "127.0.0.1:9465";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private JobOptions options = new JobOptions();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "tripline-job",
            description = "Folder for checkpoints. Default: ./${DEFAULT-VALUE}.")
    private Path dir = Path.of("tripline-job");

    @Option(names = "--fresh", description = "Start without the state of an earlier run.")
    private boolean fresh;

    @Option(names = "--parallelism", paramLabel = "N", description = "Default: the number of processors.")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--metrics",
            paramLabel = "HOST:PORT|off",
            description = "Where /metrics and /health are served. Default: " + METRICS + "; off with --until-now.")
    private @Nullable String metrics;

    @Override
    public Integer call() throws Exception {
        if (parallelism < 1) {
            throw new UserError(ExitStatus.USAGE, "--parallelism is 1 or more");
        }
        Settings settings = options.settings();
        Reachable.kafka(() -> TopicSetup.check(settings.kafka())).ifPresent(this::warn);
        Files.createDirectories(dir);
        // A source that was stored without an end goes on without one.
        Path resume = fresh || options.untilNow() ? null : StoredState.newest(dir);
        Configuration configuration = options.configuration(
                StateBackend.HASHMAP,
                dir.toAbsolutePath().toUri().toString(),
                resume == null ? null : resume.toUri().toString());
        inThisProcess(configuration);
        String place = metrics != null ? metrics : options.untilNow() ? "off" : METRICS;
        AtomicReference<@Nullable JobClient> running = new AtomicReference<>();
        try (JobHealth health = JobHealth.start(place, () -> status(running.get()), options.oldestCheckpoint())) {
            if (health.port() == 0) {
                configuration.removeConfig(MetricOptions.REPORTERS_LIST);
            }
            return run(settings, configuration, resume, running);
        }
    }

    private static String status(@Nullable JobClient job) {
        if (job == null) {
            return "CREATED";
        }
        try {
            return job.getJobStatus().get(PATIENCE_SECONDS, TimeUnit.SECONDS).name();
        } catch (ExecutionException | TimeoutException e) {
            return "UNKNOWN";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "UNKNOWN";
        }
    }

    private int run(
            Settings settings,
            Configuration configuration,
            @Nullable Path resume,
            AtomicReference<@Nullable JobClient> running)
            throws Exception {
        JobClient job = options.job(settings)
                .start(StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration), "tripline");
        running.set(job);
        Thread stop = new Thread(() -> stop(job), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        tell((resume == null ? "started" : "resumes from " + resume) + "; "
                + (options.untilNow()
                        ? "ends at what is the end of the topic now"
                        : "Ctrl-C or SIGTERM stops it gracefully"));
        job.getJobExecutionResult().get();
        if (!removeHook(stop)) {
            // The process is ending, and the hook says how.
            Thread.currentThread().join();
        }
        tell("ended");
        return ExitStatus.DONE;
    }

    private void inThisProcess(Configuration configuration) {
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(MetricOptions.REPORTERS_LIST, OwnMetrics.NAME);
        configuration.setString(
                "metrics.reporter." + OwnMetrics.NAME + ".factory.class", OwnMetrics.Factory.class.getName());
    }

    private void stop(JobClient job) {
        try {
            String path = job.stopWithSavepoint(
                            false, dir.toAbsolutePath().toUri() + "savepoints", SavepointFormatType.CANONICAL)
                    .get(STOP_SECONDS, TimeUnit.SECONDS);
            tell("stopped gracefully; the next run resumes from " + path);
            Runtime.getRuntime().halt(ExitStatus.DONE);
        } catch (ExecutionException | TimeoutException e) {
            tell("could not stop gracefully (" + Causes.told(e) + "); the next run resumes from the last checkpoint");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean removeHook(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void warn(String line) {
        tell("warning: " + line);
    }

    private void tell(String line) {
        if (spec != null) {
            spec.commandLine().getErr().println("tripline: " + line);
        }
    }
}
