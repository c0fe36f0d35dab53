package io.tripline.job.program;

import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops the job on a cluster. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops the job on a cluster and prints the savepoint that `submit --savepoint` restores from.")
final class StopCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--savepoint-dir",
            paramLabel = "URI",
            description = "Default: the setting of the job or its cluster.")
    private @Nullable String folder;

    @Option(
            names = "--drain",
            description = "First close all incidents: for the end of a replay, or of a job for good. "
                    + "A job restored from such a savepoint starts at the beginning of event time.")
    private boolean drain;

    @Option(
            names = "--canonical",
            description =
                    "Write the savepoint in Flink's canonical format, which every state backend reads: slower, for a change of --state-backend.")
    private boolean canonical;

    @Override
    public Integer call() {
        JobStatusMessage running = cluster.cluster().find(cluster.name());
        if (running == null) {
            throw new UserError(ExitStatus.UNAVAILABLE, "the cluster runs no job called " + cluster.name());
        }
        CommandLine program = Objects.requireNonNull(spec).commandLine();
        String savepoint = cluster.cluster()
                .stop(
                        running.getJobId(),
                        drain,
                        folder,
                        canonical ? SavepointFormatType.CANONICAL : SavepointFormatType.NATIVE,
                        line -> program.getErr().println("tripline: " + line));
        program.getOut().println(savepoint);
        return ExitStatus.DONE;
    }
}
