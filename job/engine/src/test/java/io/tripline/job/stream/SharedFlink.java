package io.tripline.job.stream;

import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.test.util.MiniClusterWithClientResource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Flink in this process for all jobs of a test class, since each start takes longer than most jobs. */
public final class SharedFlink implements BeforeAllCallback, AfterAllCallback {
    private final MiniClusterWithClientResource cluster;

    /**
     * One with so many slots.
     *
     * @param slots the highest parallelism of all jobs that run at a time together
     */
    public SharedFlink(int slots) {
        Configuration configuration = new Configuration();
        // One file for each savepoint, which is easy to keep.
        configuration.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
        cluster = new MiniClusterWithClientResource(new MiniClusterResourceConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumberSlotsPerTaskManager(slots)
                .build());
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        cluster.before();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        cluster.after();
    }

    /** For a job on it. */
    public StreamExecutionEnvironment environment(int parallelism, Configuration configuration) {
        return new TestStreamEnvironment(cluster.getMiniCluster(), configuration, parallelism, List.of(), List.of());
    }
}
