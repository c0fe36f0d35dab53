package io.tripline.job.program;

import io.tripline.job.kafka.TopicSetup;
import io.tripline.job.program.JobOptions.StateBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
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
            "Goes on from where an earlier run with the same --dir ended, in order or not."
        })
final class RunCommand implements Callable<Integer> {
    private static final int STOP_SECONDS = 60;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private JobOptions options = new JobOptions();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "tripline-job",
            description = "Where checkpoints lie. Default: ./${DEFAULT-VALUE}.")
    private Path dir = Path.of("tripline-job");

    @Option(names = "--fresh", description = "Do not go on from an earlier run.")
    private boolean fresh;

    @Option(names = "--parallelism", paramLabel = "N", description = "Default: the number of processors.")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws Exception {
        if (parallelism < 1) {
            throw new UserError(ExitStatus.USAGE, "--parallelism is 1 or more");
        }
        Settings settings = options.settings();
        Reachable.kafka(() -> TopicSetup.check(settings.kafka())).ifPresent(this::warn);
        Files.createDirectories(dir);
        Path resume = fresh ? null : StoredState.newest(dir);
        Configuration configuration = options.configuration(
                StateBackend.HASHMAP,
                dir.toAbsolutePath().toUri().toString(),
                resume == null ? null : resume.toUri().toString());
        inThisProcess(configuration);
        JobClient job = options.job(settings)
                .start(StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration), "tripline");
        Thread stop = new Thread(() -> stop(job), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        tell((resume == null ? "started" : "goes on from " + resume) + "; "
                + (options.untilNow()
                        ? "ends with the last record that is there now"
                        : "Ctrl-C or SIGTERM stops it in order"));
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
    }

    private void stop(JobClient job) {
        try {
            String path = job.stopWithSavepoint(
                            false, dir.toAbsolutePath().toUri() + "savepoints", SavepointFormatType.CANONICAL)
                    .get(STOP_SECONDS, TimeUnit.SECONDS);
            tell("stopped in order; the next run goes on from " + path);
            Runtime.getRuntime().halt(ExitStatus.DONE);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            tell("could not stop in order (" + Causes.told(e) + "); the next run goes on from the last checkpoint");
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
