package io.tripline.job.program;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** New settings or a new version for the job on a cluster. */
@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        description = {
            "Gives the job on a cluster new settings, or a new version: stops it with a savepoint and starts it from there.",
            "Before it stops anything it reads the settings: where they have mistakes, the job runs on untouched."
        })
final class UpdateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SubmissionOptions options = new SubmissionOptions();

    @Override
    public Integer call() {
        PrintWriter error = Objects.requireNonNull(spec).commandLine().getErr();
        SubmissionOptions.Prepared prepared = options.prepare();
        prepared.warning().ifPresent(line -> error.println("tripline: warning: " + line));
        Cluster cluster = options.cluster().cluster();
        JobStatusMessage running = cluster.find(options.cluster().name());
        if (running == null) {
            throw new UserError(
                    ExitStatus.UNAVAILABLE,
                    "the cluster runs no job called " + options.cluster().name() + "; use `submit`");
        }
        String savepoint = cluster.stop(running.getJobId(), false, options.savepointDir());
        error.println("tripline: stopped job " + running.getJobId() + " with savepoint " + savepoint);
        try {
            JobID job = options.submit(prepared, savepoint);
            spec.commandLine().getOut().println(job);
            return ExitStatus.DONE;
        } catch (UserError e) {
            error.println("tripline: no job runs now; start one with: tripline job submit --savepoint " + savepoint);
            throw e;
        }
    }
}
