package io.tripline.job.program;

import io.tripline.job.program.JobOptions.StateBackend;
import io.tripline.job.program.SubmissionOptions.Prepared;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.jspecify.annotations.Nullable;

/**
 * A savepoint or checkpoint that a job goes on from. Looked through before the cluster is asked: one that refuses too
 * late has stopped a job by then.
 *
 * @param isOurs whether the job may delete it when it needs it no more, as it does with its own checkpoints
 */
record ResumePoint(String path, boolean isOurs) {
    /**
     * One that somebody chose.
     *
     * @param told takes a warning where it cannot be looked into from this machine
     * @throws UserError if the job cannot go on from it
     */
    static ResumePoint chosen(String path, Prepared prepared, SubmissionOptions options, Consumer<String> told) {
        if (!options.unchecked()) {
            try {
                require(StoredMetadata.read(path), path, prepared.operators(), options.stateBackend());
            } catch (IOException e) {
                if (options.cluster().cluster().isHere() && !(e instanceof UnsupportedFileSystemSchemeException)) {
                    throw new UserError(
                            ExitStatus.UNAVAILABLE,
                            "cannot restore from " + path + ": " + Causes.told(e) + "; nothing was submitted",
                            e);
                }
                told.accept("warning: " + path + " cannot be read here (" + Causes.told(e)
                        + "); whether the job can restore from it was not checked");
            }
        }
        return new ResumePoint(path, false);
    }

    /**
     * The newest in a folder that is whole; null where there is none.
     *
     * @param others parts of paths to pass over, see {@link #ofOthers}
     * @throws UserError if the job cannot go on from it
     */
    static @Nullable ResumePoint newest(
            Path folder, List<String> others, Operators operators, StateBackend backend, Consumer<String> told) {
        try {
            for (Path found : StoredState.newestFirst(folder)) {
                if (others.stream().anyMatch(found.toString()::contains)) {
                    continue;
                }
                String path = found.toUri().toString();
                try {
                    StoredMetadata stored = StoredMetadata.read(path);
                    String missing = stored.missingFile();
                    if (missing == null) {
                        require(stored, path, operators, backend);
                        return new ResumePoint(path, !stored.isSavepoint());
                    }
                    told.accept(path + " is incomplete: " + missing + " is missing; trying the previous one");
                } catch (IOException e) {
                    told.accept(path + " is incomplete: " + Causes.told(e) + "; trying the previous one");
                }
            }
            return null;
        } catch (IOException e) {
            throw new UserError(ExitStatus.INPUT_OUTPUT, "cannot list " + folder + ": " + e, e);
        }
    }

    /** What folders of other jobs of the cluster have in their names: they may be newer, and fit. */
    static List<String> ofOthers(ClusterOptions options) {
        List<String> others = new ArrayList<>();
        for (JobStatusMessage job : options.cluster().allJobs()) {
            if (!job.getJobName().equals(options.name())) {
                others.add("/" + job.getJobId().toHexString() + "/");
                others.add("/savepoint-" + job.getJobId().toHexString().substring(0, 6) + "-");
            }
        }
        return others;
    }

    private static void require(StoredMetadata stored, String path, Operators operators, StateBackend backend)
            throws IOException {
        Optional<String> unfit = stored.unfit(operators, backend);
        if (unfit.isPresent()) {
            throw new UserError(ExitStatus.UNAVAILABLE, unfit.get() + "; nothing was submitted");
        }
        String missing = stored.missingFile();
        if (missing != null) {
            throw new UserError(
                    ExitStatus.UNAVAILABLE, path + " is incomplete: " + missing + " is missing; nothing was submitted");
        }
    }
}
