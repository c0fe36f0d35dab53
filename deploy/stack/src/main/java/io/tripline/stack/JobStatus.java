package io.tripline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How the job is.
 *
 * @param state in Flink's words, such as {@code RUNNING}
 * @param restarts since it was started, or since the JobManager was
 * @param checkpoints completed, likewise
 * @param lag in milliseconds between the clock and the time up to which all operators have seen all packets; absent before the first packets
 */
record JobStatus(String id, String name, String state, long restarts, long checkpoints, OptionalLong lag) {
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

    private static OptionalLong lag(FlinkCluster flink, String id) throws IOException {
        long oldest = Long.MAX_VALUE;
        for (JsonNode vertex : flink.rest("/jobs/" + id).path("vertices")) {
            for (JsonNode watermark :
                    flink.rest("/jobs/" + id + "/vertices/" + vertex.path("id").asText() + "/watermarks")) {
                oldest = Math.min(oldest, watermark.path("value").asLong());
            }
        }
        // Before the first packets, and after an end of input, it is no time of day; a replay may be ahead of the
        // clock.
        return oldest <= 0 || oldest == Long.MAX_VALUE
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, System.currentTimeMillis() - oldest));
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
