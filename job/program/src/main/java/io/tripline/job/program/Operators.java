package io.tripline.job.program;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The operators of a job, among which a savepoint's state is shared out.
 *
 * @param keyGroups how many groups the keys of each are spread over
 */
record Operators(Map<OperatorID, Integer> keyGroups) {
    static Operators of(LiveJob job, Configuration configuration, int parallelism) {
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        job.build(environment);
        Map<OperatorID, Integer> keyGroups = new HashMap<>();
        for (JobVertex vertex : environment.getStreamGraph().getJobGraph().getVertices()) {
            vertex.getOperatorIDs().forEach(ids -> {
                keyGroups.put(ids.getGeneratedOperatorID(), vertex.getMaxParallelism());
                ids.getUserDefinedOperatorID().ifPresent(id -> keyGroups.put(id, vertex.getMaxParallelism()));
            });
        }
        return new Operators(keyGroups);
    }

    /** In one text, for {@link Submission#OPERATORS}. */
    String text() {
        return String.join(
                " ",
                new TreeSet<>(
                        keyGroups.keySet().stream().map(OperatorID::toHexString).toList()));
    }

    /** How many operators of such a text are not among these. */
    int missingOf(String text) {
        int missing = 0;
        for (String id : text.split(" ", -1)) {
            if (!id.isEmpty()
                    && keyGroups.keySet().stream()
                            .noneMatch(own -> own.toHexString().equals(id))) {
                missing++;
            }
        }
        return missing;
    }
}
