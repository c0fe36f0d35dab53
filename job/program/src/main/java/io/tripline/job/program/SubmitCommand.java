package io.tripline.job.program;

import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
        description = "Submits the job to a Flink cluster and prints its id.")
final class SubmitCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SubmissionOptions options = new SubmissionOptions();

    @Option(names = "--savepoint", paramLabel = "PATH", description = "Savepoint or checkpoint to restore from.")
    private @Nullable String savepoint;

    @Option(
            names = "--newest-in",
            paramLabel = "DIR",
            description =
                    "Restore from the newest complete savepoint or checkpoint in this folder; start without state if there is none.")
    private @Nullable Path newestIn;

    @Override
    public Integer call() {
        CommandLine program = Objects.requireNonNull(spec).commandLine();
        PrintWriter error = program.getErr();
        Consumer<String> told = line -> error.println("tripline: " + line);
        if (savepoint != null && newestIn != null) {
            throw new UserError(ExitStatus.USAGE, "--savepoint and --newest-in exclude each other");
        }
        options.requireSettings();
        JobStatusMessage running =
                options.cluster().cluster().find(options.cluster().name());
        if (running != null) {
            throw new UserError(
                    ExitStatus.UNAVAILABLE,
                    "job " + running.getJobId() + " is called " + running.getJobName()
                            + " already; use `update`, or another --name");
        }
        SubmissionOptions.Prepared prepared = options.prepare();
        prepared.warning().ifPresent(line -> told.accept("warning: " + line));
        ResumePoint resume = resume(prepared, told);
        JobID job = options.submit(prepared, resume, told);
        program.getOut().println(job);
        return ExitStatus.DONE;
    }

    private @Nullable ResumePoint resume(SubmissionOptions.Prepared prepared, Consumer<String> told) {
        if (savepoint != null) {
            return ResumePoint.chosen(savepoint, prepared, options, told);
        }
        if (newestIn == null) {
            return null;
        }
        ResumePoint newest = ResumePoint.newest(
                newestIn, ResumePoint.ofOthers(options.cluster()), prepared.operators(), options.stateBackend(), told);
        told.accept(
                newest == null
                        ? "the job starts without state: there is no savepoint or checkpoint in " + newestIn
                        : "the job restores from " + newest.path());
        return newest;
    }
}
