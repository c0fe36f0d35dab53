package io.tripline.job.program;

import io.tripline.job.kafka.KafkaBatches;
import io.tripline.job.kafka.KafkaBatches.From;
import io.tripline.job.kafka.KafkaResults;
import io.tripline.job.stream.JobGraph;
import io.tripline.job.stream.JobGraph.Clock;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job between Kafka and those who read alerts, wherever it runs. All settings are compiled into it when it starts.
 */
record LiveJob(Settings settings, From from, boolean untilNow) {
    /** Starts it. */
    JobClient start(StreamExecutionEnvironment environment, String name) throws Exception {
        build(environment);
        return environment.executeAsync(name);
    }

    void build(StreamExecutionEnvironment environment) {
        JobGraph.build(
                KafkaBatches.read(
                        environment, settings.kafka(), settings.rules().sensors(), from, untilNow),
                settings.rules(),
                untilNow ? Clock.NONE : Clock.WALL,
                results());
    }

    private KafkaResults results() {
        return settings.elastic() == null
                ? new KafkaResults(settings.kafka())
                : new StoredResults(settings.kafka(), settings.elastic());
    }
}
