package io.tripline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How the job is.
 *
 * @param state in Flink's words, such as {@code RUNNING}
 * @param restarts since it was started, or since the JobManager was
 * @param checkpoints completed, likewise
 * @param lag in milliseconds between the clock and the end of the last second that is complete; absent before the first
 *     packets
 */
record JobStatus(String id, String name, String state, long restarts, long checkpoints, OptionalLong lag) {
    /** Metric of whatever reads the topic of packets. */
    private static final String LAG = "eventTimeLag";

    /** A little longer than what a stack's JobManager takes for fresh. */
    private static final long FRESH_MILLIS = 1_500;

    /** Null where the cluster has no job or does not answer. */
    static @Nullable JobStatus of(Stack stack) {
        try {
            FlinkCluster flink = stack.flink();
            JsonNode job = StackJob.find(flink).orElse(null);
            if (job == null) {
                return null;
            }
            String id = job.path("jid").asText();
            return new JobStatus(
                    id,
                    job.path("name").asText(),
                    job.path("state").asText(),
                    restarts(flink, id),
                    flink.rest("/jobs/" + id + "/checkpoints")
                            .at("/counts/completed")
                            .asLong(),
                    lag(flink, id));
        } catch (IOException noAnswer) {
            return null;
        }
    }

    private static long restarts(FlinkCluster flink, String id) throws IOException {
        return flink.rest("/jobs/" + id + "/metrics?get=numRestarts")
                .at("/0/value")
                .asLong();
    }

    /**
     * The largest lag of all that read; the JobManager asks TaskManagers when it is asked itself, and answers with what
     * it knew before.
     */
    private static OptionalLong lag(FlinkCluster flink, String id) throws IOException {
        for (JsonNode vertex : flink.rest("/jobs/" + id).path("vertices")) {
            String metrics = "/jobs/" + id + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            for (JsonNode metric : flink.rest(metrics)) {
                String name = metric.path("id").asText();
                if (name.endsWith("." + LAG)) {
                    return lagNow(flink, metrics + "?agg=max&get=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
                }
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong lagNow(FlinkCluster flink, String question) throws IOException {
        flink.rest(question);
        try {
            Thread.sleep(FRESH_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
        long lag = flink.rest(question).at("/0/max").asLong();
        // Zero says that there was no packet yet; a replay may be ahead of the clock.
        return lag == 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, lag));
    }

    boolean isWell() {
        return state.equals("RUNNING");
    }

    String text() {
        String behind =
                lag.isEmpty() ? "" : ", " + Duration.ofMillis(lag.getAsLong()).toSeconds() + " s behind";
        return state + behind + ", " + restarts + " restarts, " + checkpoints + " checkpoints";
    }

    void write(ObjectNode node) {
        node.put("id", id).put("name", name).put("state", state);
        node.put("restarts", restarts).put("checkpoints", checkpoints);
        lag.ifPresent(millis -> node.put("lag_ms", millis));
    }
}
