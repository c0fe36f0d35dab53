package io.tripline.job.program;

import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** New settings or a new version for the job on a cluster. */
@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        description = {
            "Updates the job on a cluster to new settings or a new version: stops it with a savepoint and restarts it from there.",
            "Keeps what is not given: settings file, parallelism, checkpoint interval, state backend and the other options.",
            "Before it stops anything it checks the settings, and that the new job can restore the old one's state; "
                    + "if not, the job is left running."
        })
final class UpdateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SubmissionOptions options = new SubmissionOptions();

    @Override
    public Integer call() {
        CommandLine program = Objects.requireNonNull(spec).commandLine();
        Consumer<String> told = line -> program.getErr().println("tripline: " + line);
        if (options.saysConfig()) {
            options.requireSettings();
        }
        Cluster cluster = options.cluster().cluster();
        JobStatusMessage running = cluster.find(options.cluster().name());
        if (running == null) {
            throw new UserError(
                    ExitStatus.UNAVAILABLE,
                    "the cluster runs no job called " + options.cluster().name() + "; use `submit`");
        }
        Submission before = cluster.submission(running.getJobId());
        if (!options.saysConfig() && !before.tellsSettings()) {
            throw new UserError(
                    ExitStatus.USAGE,
                    "job " + running.getJobId()
                            + " does not report the settings it was started with; give --config FILE");
        }
        options.keep(before);
        SubmissionOptions.Prepared prepared = options.prepare();
        prepared.warning().ifPresent(line -> told.accept("warning: " + line));
        if (!options.unchecked()) {
            new FitCheck(cluster, running.getJobId(), before, told).require(prepared, options.stateBackend());
        }
        List<String> changes = prepared.submission().changesFrom(before);
        (changes.isEmpty() ? List.of("no option and no setting changes") : changes).forEach(told);

        String savepoint = cluster.stop(
                running.getJobId(), false, options.savepointDir(), format(prepared.submission(), before), told);
        told.accept("stopped job " + running.getJobId() + " with savepoint " + savepoint);
        JobID job = start(prepared, before, savepoint, told);
        cluster.awaitRunning(job, told);
        program.getOut().println(job);
        return ExitStatus.DONE;
    }

    /** A state backend reads its own format; to another one leads the slow way. */
    private static SavepointFormatType format(Submission now, Submission before) {
        return Objects.equals(now.get(Submission.STATE_BACKEND), before.get(Submission.STATE_BACKEND))
                ? SavepointFormatType.NATIVE
                : SavepointFormatType.CANONICAL;
    }

    private JobID start(
            SubmissionOptions.Prepared prepared, Submission before, String savepoint, Consumer<String> told) {
        ResumePoint resume = new ResumePoint(savepoint, false);
        try {
            return options.submit(prepared, resume, told);
        } catch (UserError e) {
            JobID again = goBack(before, resume, told);
            if (again == null) {
                told.accept("no job is running now; this restarts it from the savepoint:");
                told.accept("  "
                        + prepared.submission().command(SubmissionOptions.program(), options.cluster(), savepoint));
            } else {
                told.accept("the update was rejected; the job continues as before, as " + again);
            }
            throw e;
        }
    }

    /** The job as it was before; null where it does not start either. */
    private @Nullable JobID goBack(Submission before, ResumePoint resume, Consumer<String> told) {
        if (!before.tellsSettings()) {
            return null;
        }
        try {
            SubmissionOptions earlier = SubmissionOptions.of(before, options.cluster());
            return earlier.submit(earlier.prepare(), resume, told);
        } catch (UserError e) {
            e.lines().forEach(line -> told.accept("the job as it was before does not start either: " + line));
            return null;
        }
    }
}
