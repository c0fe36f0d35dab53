package io.tripline.job.program;

import io.tripline.job.kafka.TopicSetup;
import io.tripline.job.program.JobOptions.StateBackend;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
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
                    "Where checkpoints and savepoints lie, reachable from every node. Default: the cluster's setting.")
    private @Nullable String checkpointDir;

    @Option(names = "--parallelism", paramLabel = "N", defaultValue = "0", description = "Default: the cluster's.")
    private int parallelism;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The job's jar. Default: the one built with this program.")
    private @Nullable Path jar;

    ClusterOptions cluster() {
        return cluster;
    }

    @Nullable
    String savepointDir() {
        return checkpointDir == null ? null : checkpointDir + "/savepoints";
    }

    /**
     * Reads settings and looks whether all is there that the job needs.
     *
     * @throws UserError if not
     */
    Prepared prepare() {
        Settings settings = job.settings();
        Path found = jar == null ? built() : jar;
        if (!Files.isRegularFile(found)) {
            throw new UserError(ExitStatus.USAGE, "there is no jar " + found + "; name it with --jar");
        }
        Optional<String> warning = Reachable.kafka(() -> TopicSetup.check(settings.kafka()));
        return new Prepared(job.job(settings), found, warning);
    }

    /** What is ready to be submitted. */
    record Prepared(LiveJob job, Path jar, Optional<String> warning) {}

    JobID submit(Prepared prepared, @Nullable String resume) {
        return cluster.cluster()
                .submit(
                        prepared.job(),
                        cluster.name(),
                        prepared.jar(),
                        parallelism,
                        job.configuration(StateBackend.ROCKSDB, checkpointDir, resume));
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
