package io.tripline.analyze;

import io.tripline.job.stream.JobGraph;
import io.tripline.rules.JobSettings;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.engine.Late;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Runs the job over a run's captures on a Flink in this process. */
final class FlinkAnalysis {
    private static final String LOOPBACK = "127.0.0.1";

    private FlinkAnalysis() {}

    /** Runs to the end of the captures. */
    static void execute(AnalysisRun run, JobSettings settings, int parallelism) throws Exception {
        Configuration configuration = configuration(parallelism);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        JobGraph.build(environment, new CaptureSource(run.name()), 1, settings, results(run.name()));
        StreamGraph job = environment.getStreamGraph();
        job.setJobName("tripline analyze");
        LocalFlink.run(job, configuration);
    }

    /** Small pools: one job, one process, nothing on the network but loopback. */
    private static Configuration configuration(int parallelism) {
        Configuration configuration = JobGraph.configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1));
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_PORT, "0");
        return configuration;
    }

    private static JobGraph.Results results(String run) {
        return new JobGraph.Results() {
            @Override
            public Sink<Alert> alerts() {
                return new RunSink<>(run, Results::add);
            }

            @Override
            public Sink<Alert> suppressed() {
                return new RunSink<>(run, Results::addSuppressed);
            }

            @Override
            public Sink<IndicatorEvent> indicatorEvents() {
                return new RunSink<>(run, Results::add);
            }

            @Override
            public Sink<TrafficMinute> trafficMinutes() {
                return new RunSink<>(run, Results::add);
            }

            @Override
            public Sink<Late> late() {
                return new RunSink<>(run, Results::addLate);
            }
        };
    }
}
