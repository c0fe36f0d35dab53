package io.tripline.job.program;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The job on a cluster. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = "Gives the job to a Flink cluster and prints the id it has there.")
final class SubmitCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SubmissionOptions options = new SubmissionOptions();

    @Option(names = "--savepoint", paramLabel = "PATH", description = "Savepoint or checkpoint to go on from.")
    private @Nullable String savepoint;

    @Override
    public Integer call() {
        CommandLine program = Objects.requireNonNull(spec).commandLine();
        SubmissionOptions.Prepared prepared = options.prepare();
        prepared.warning().ifPresent(line -> program.getErr().println("tripline: warning: " + line));
        JobStatusMessage running =
                options.cluster().cluster().find(options.cluster().name());
        if (running != null) {
            throw new UserError(
                    ExitStatus.UNAVAILABLE,
                    "job " + running.getJobId() + " is called " + running.getJobName()
                            + " already; use `update`, or another --name");
        }
        JobID job = options.submit(prepared, savepoint);
        program.getOut().println(job);
        return ExitStatus.DONE;
    }
}
