package io.tripline.job.program;

import io.tripline.job.program.JobOptions.StateBackend;
import io.tripline.job.program.SubmissionOptions.Prepared;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;

/**
 * Whether a new job can go on from the state of a running one, asked while that one runs on: its newest checkpoint
 * holds what a savepoint will.
 */
final class FitCheck {
    private static final int ATTEMPTS = 60;
    private static final long PAUSE_MILLIS = 500;

    private final Cluster cluster;
    private final JobID job;
    private final Submission before;
    private final Consumer<String> told;

    FitCheck(Cluster cluster, JobID job, Submission before, Consumer<String> told) {
        this.cluster = cluster;
        this.job = job;
        this.before = before;
        this.told = told;
    }

    /**
     * @throws UserError if not, or if the job has no checkpoint yet from which that could be seen
     */
    void require(Prepared prepared, StateBackend backend) {
        IOException unreadable = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            String path = cluster.newestCheckpoint(job);
            if (path != null) {
                try {
                    StoredMetadata stored = StoredMetadata.read(path);
                    // The savepoint will be in a format that the new state backend reads.
                    StateBackend asStored = backendOf(before, backend);
                    refuse(stored.unfit(prepared.operators(), asStored));
                    return;
                } catch (IOException e) {
                    unreadable = e;
                    if (i >= ATTEMPTS / 10) { // a newer checkpoint may have taken its place; not that often
                        break;
                    }
                }
            }
            pause();
        }
        if (unreadable == null) {
            throw new UserError(
                    ExitStatus.UNAVAILABLE,
                    "job " + job
                            + " has completed no checkpoint, so it cannot be checked whether the new job can restore from it; "
                            + "it was left running. --unchecked skips the check");
        }
        byOperators(prepared, unreadable);
    }

    private static StateBackend backendOf(Submission submission, StateBackend otherwise) {
        String name = submission.get(Submission.STATE_BACKEND);
        return name == null
                ? otherwise
                : name.equals(JobOptions.name(StateBackend.ROCKSDB)) ? StateBackend.ROCKSDB : StateBackend.HASHMAP;
    }

    /**
     * Where checkpoints lie out of this machine's reach, what the running job told of itself when it was submitted has
     * to do.
     */
    private void byOperators(Prepared prepared, IOException unreadable) {
        if (!before.tellsSettings()) {
            told.accept("warning: checkpoints of job " + job + " cannot be read here (" + Causes.told(unreadable)
                    + "); whether the new job can restore from them was not checked");
            return;
        }
        int missing = prepared.operators().missingOf(Objects.requireNonNull(before.get(Submission.OPERATORS)));
        refuse(
                missing == 0
                        ? Optional.empty()
                        : Optional.of("job " + job + " has " + missing + " operators that these settings do not have"));
    }

    private static void refuse(Optional<String> reason) {
        reason.ifPresent(text -> {
            throw new UserError(
                    ExitStatus.UNAVAILABLE,
                    text
                            + "; the job was left running. To start without its state, `stop` it and `submit` without a savepoint");
        });
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(ExitStatus.UNAVAILABLE, "interrupted; the job was left running", e);
        }
    }
}
