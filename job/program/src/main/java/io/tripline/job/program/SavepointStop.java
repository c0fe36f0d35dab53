package io.tripline.job.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.jspecify.annotations.Nullable;

/**
 * A job that stops with a savepoint. However long that takes it is waited for; whoever does not want to wait learns
 * where the savepoint will be, since the cluster goes on with it.
 */
final class SavepointStop {
    private static final long PAUSE_MILLIS = 500;
    private static final Duration TOLD_EACH = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private final Rest rest;
    private final JobID job;
    private final Consumer<String> told;
    private final String trigger;
    private final String folder;

    private SavepointStop(Rest rest, JobID job, Consumer<String> told, String trigger, String folder) {
        this.rest = rest;
        this.job = job;
        this.told = told;
        this.trigger = trigger;
        this.folder = folder;
    }

    /**
     * Begins it.
     *
     * @param drain whether time goes to its end before, so that everything open is closed
     * @param folder where the savepoint goes; null for where the job or its cluster is set to
     * @param told takes lines about how it goes on
     * @throws IOException if the cluster does not answer or refuses
     */
    static SavepointStop begin(
            Rest rest,
            JobID job,
            boolean drain,
            @Nullable String folder,
            SavepointFormatType format,
            Consumer<String> told)
            throws IOException {
        Map<String, Object> body = new HashMap<>(Map.of("drain", drain, "formatType", format.name()));
        if (folder != null) {
            body.put("targetDirectory", folder);
        }
        String trigger =
                rest.post("/jobs/" + job + "/stop", body).path("request-id").asText();
        String usual = folder == null
                ? ClusterSettings.of(rest)
                        .get("execution.checkpointing.savepoint-dir", "the savepoint folder of job or cluster")
                : folder;
        return new SavepointStop(rest, job, told, trigger, usual);
    }

    /**
     * Where the savepoint lies, once it is whole and the job has ended.
     *
     * @throws IOException if there is none
     */
    String await() throws IOException {
        Thread leaving = new Thread(() -> told.accept(whereabouts()), "savepoint hint");
        Runtime.getRuntime().addShutdownHook(leaving);
        try {
            return poll();
        } finally {
            removeHook(leaving);
        }
    }

    private String poll() throws IOException {
        Instant began = Instant.now();
        Instant next = began.plus(TOLD_EACH);
        Instant answered = began;
        while (true) {
            Instant now = Instant.now();
            try {
                JsonNode state = rest.get(status());
                answered = now;
                if (state.at("/status/id").asText().equals("COMPLETED")) {
                    return location(state.path("operation"));
                }
            } catch (Rest.Refusal e) {
                if (e.isUnknown()) {
                    throw new IOException(
                            "the cluster does not know it any more, as after a restart of its JobManager; "
                                    + whereabouts(),
                            e);
                }
                requireAnswer(answered, now, e);
            } catch (IOException e) {
                requireAnswer(answered, now, e);
            }
            if (now.isAfter(next)) {
                next = now.plus(TOLD_EACH);
                told.accept("the savepoint has been in progress for "
                        + Duration.between(began, now).toSeconds() + " s (" + trigger + ")");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted; " + whereabouts(), e);
            }
        }
    }

    private void requireAnswer(Instant answered, Instant now, IOException failure) throws IOException {
        if (Duration.between(answered, now).compareTo(SILENCE) > 0) {
            throw new IOException(
                    "no response for " + SILENCE.toSeconds() + " s (" + Causes.told(failure) + "); " + whereabouts(),
                    failure);
        }
    }

    private static String location(JsonNode operation) throws IOException {
        if (operation.has("location")) {
            return operation.path("location").asText();
        }
        throw new IOException(
                Causes.ofTrace(operation.at("/failure-cause/stack-trace").asText()));
    }

    private String status() {
        return "/jobs/" + job + "/savepoints/" + trigger;
    }

    private String whereabouts() {
        return "savepoint " + trigger + " of job " + job + " continues without this program. It will be in " + folder
                + " as savepoint-" + job.toHexString().substring(0, 6) + "-…; its status: curl -s "
                + rest.url(status());
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook says its line.
        }
    }
}
