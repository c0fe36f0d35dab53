package io.tripline.job.program;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a session cluster with high availability keeps of a job that it could not even begin: Flink 2.3 notes its result
 * without the application that it belonged to, never clears the note, and refuses to start a JobManager where such a
 * note lies.
 */
final class RefusedJob {
    private static final int ATTEMPTS = 50;
    private static final long PAUSE_MILLIS = 200;

    private final Rest rest;
    private final JobID job;

    RefusedJob(Rest rest, JobID job) {
        this.rest = rest;
        this.job = job;
    }

    /** Removes the note, so that the cluster's next JobManager can start. What there is to say of it, if anything. */
    Optional<String> forget() {
        Path note = null;
        try {
            if (!isFailed()) {
                return Optional.empty();
            }
            note = note();
            if (note == null) {
                return Optional.empty();
            }
            FileSystem files = note.getFileSystem();
            for (int i = 0; i < ATTEMPTS; i++) {
                if (files.exists(note)) { // it is written after the failure is told
                    files.delete(note, false);
                    return Optional.empty();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            throw new IOException("is not there");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException | RuntimeException e) { // as file systems please
            return note == null
                    ? Optional.empty()
                    : Optional.of("delete " + note + " if it is there: with it no JobManager of this cluster starts ("
                            + Causes.told(e) + ")");
        }
    }

    private boolean isFailed() throws IOException {
        try {
            return rest.get("/jobs/" + job).path("state").asText().equals("FAILED");
        } catch (Rest.Refusal unknown) {
            return false;
        }
    }

    private @Nullable Path note() throws IOException {
        ClusterSettings settings = ClusterSettings.of(rest);
        String folder = settings.get("job-result-store.storage-path");
        if (folder == null) {
            String storage = settings.get("high-availability.storageDir");
            if (storage == null
                    || settings.get("high-availability.type", "NONE").equalsIgnoreCase("NONE")) {
                return null;
            }
            folder = storage + "/job-result-store/" + settings.get("high-availability.cluster-id", "/default");
        }
        return new Path(folder, job + "_DIRTY.json");
    }
}
