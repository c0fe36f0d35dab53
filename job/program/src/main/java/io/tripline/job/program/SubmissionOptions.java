package io.tripline.job.program;

import io.tripline.job.kafka.TopicSetup;
import io.tripline.job.program.JobOptions.StateBackend;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a job that a cluster runs. */
final class SubmissionOptions {
    @Mixin
    private JobOptions job = new JobOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--checkpoint-dir",
            paramLabel = "URI",
            description =
                    "Folder for checkpoints and savepoints, reachable from every node. Default: the cluster's setting.")
    private @Nullable String checkpointDir;

    @Option(names = "--parallelism", paramLabel = "N", description = "Default: the cluster's.")
    private @Nullable Integer parallelism;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The job's jar. Default: the one built with this program.")
    private @Nullable Path jar;

    @Option(names = "--unchecked", description = "Do not check beforehand whether the job can restore the state.")
    private boolean unchecked;

    /** Options that submit a job as it was submitted earlier, with this program. */
    static SubmissionOptions of(Submission earlier, ClusterOptions cluster) {
        SubmissionOptions options = new SubmissionOptions();
        options.cluster = cluster;
        options.keep(earlier);
        options.job.connection().pretend(earlier.get(Submission.SETTINGS));
        return options;
    }

    ClusterOptions cluster() {
        return cluster;
    }

    boolean unchecked() {
        return unchecked;
    }

    boolean saysConfig() {
        return job.connection().saysConfig();
    }

    /**
     * Reads the settings, which need not be right for anything else to be asked.
     *
     * @throws UserError if they have mistakes
     */
    void requireSettings() {
        job.settings();
    }

    @Nullable
    String savepointDir() {
        return checkpointDir == null ? null : checkpointDir + "/savepoints";
    }

    StateBackend stateBackend() {
        return job.stateBackend(StateBackend.ROCKSDB);
    }

    /** Takes from an earlier submission what is not said. */
    void keep(Submission earlier) {
        job.keep(earlier);
        if (checkpointDir == null) {
            checkpointDir = earlier.get(Submission.CHECKPOINT_DIR);
        }
        String earlierParallelism = earlier.get(Submission.PARALLELISM);
        if (parallelism == null && earlierParallelism != null) {
            parallelism = Integer.valueOf(earlierParallelism);
        }
    }

    /**
     * Reads settings and looks whether all is there that the job needs.
     *
     * @throws UserError if not
     */
    Prepared prepare() {
        if (parallelism != null && parallelism < 1) {
            throw new UserError(ExitStatus.USAGE, "--parallelism is 1 or more");
        }
        Settings settings = job.settings();
        Path found = jar == null ? built() : jar;
        if (!Files.isRegularFile(found)) {
            throw new UserError(ExitStatus.USAGE, "no such jar: " + found + "; name it with --jar");
        }
        Optional<String> warning = Reachable.kafka(() -> TopicSetup.check(settings.kafka()));
        int instances = parallelism == null ? cluster.cluster().usualParallelism() : parallelism;
        LiveJob live = job.job(settings);
        Operators operators = Operators.of(live, configuration(null), instances);
        Submission submission = job.told(StateBackend.ROCKSDB)
                .with(Submission.CHECKPOINT_DIR, checkpointDir)
                .with(Submission.PARALLELISM, Integer.toString(instances))
                .with(Submission.OPERATORS, operators.text());
        return new Prepared(live, found, warning, instances, operators, submission);
    }

    /**
     * What is ready to be submitted.
     *
     * @param warning what may be wrong outside
     * @param submission what the job is given, for the next update
     */
    record Prepared(
            LiveJob job,
            Path jar,
            Optional<String> warning,
            int parallelism,
            Operators operators,
            Submission submission) {}

    /**
     * Gives it to the cluster.
     *
     * @param resume savepoint or checkpoint to go on from
     * @param told takes what there is to do by hand, if anything
     */
    JobID submit(Prepared prepared, @Nullable ResumePoint resume, Consumer<String> told) {
        Configuration configuration = configuration(resume == null ? null : resume.path());
        configuration.set(
                PipelineOptions.GLOBAL_JOB_PARAMETERS, prepared.submission().parameters());
        if (resume != null) {
            configuration.set(
                    StateRecoveryOptions.RESTORE_MODE,
                    resume.isOurs() ? RecoveryClaimMode.CLAIM : RecoveryClaimMode.NO_CLAIM);
        }
        return cluster.cluster()
                .submit(prepared.job(), cluster.name(), prepared.jar(), prepared.parallelism(), configuration, told);
    }

    private Configuration configuration(@Nullable String resume) {
        return job.configuration(StateBackend.ROCKSDB, checkpointDir, resume);
    }

    /** The start script of this program, which lies above its jar, or its name where that is not known. */
    static Path program() {
        Path name = Path.of("tripline");
        for (Path folder = built().getParent(); folder != null; folder = folder.getParent()) {
            Path script = folder.resolve(name);
            if (Files.isRegularFile(script) && Files.isExecutable(script)) {
                return script;
            }
        }
        return name;
    }

    /** The program's own jar lies in {@code target}, and the cluster's beside it. */
    private static Path built() {
        try {
            Path own = Path.of(SubmissionOptions.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return own.resolveSibling("dist").resolve("tripline-job.jar");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
