package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.detect.Finding.Stage;
import io.tripline.job.incident.Alert;
import io.tripline.job.incident.SampleAlerts;
import io.tripline.job.stream.JobGraph;
import io.tripline.job.stream.Types;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sink inside Flink: end of input, checkpoints while the server is away, restarts. */
class ElasticSinkTest {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final int ALERTS = 2_000;

    private static final AtomicLong CHECKPOINTS = new AtomicLong();

    /** Lies in one task with the sink, and counts the checkpoints that were completed. */
    private static final class Passing implements MapFunction<Alert, Alert>, CheckpointListener {
        @Override
        public Alert map(Alert alert) {
            return alert;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            CHECKPOINTS.incrementAndGet();
        }
    }

    private final Rejects rejects = Rejects.fresh();

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = JobGraph.configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        environment.enableCheckpointing(100);
        return environment;
    }

    private static Alert numbered(long index) {
        return SampleAlerts.alert((int) index, Stage.OPENED, 1);
    }

    private void build(StreamExecutionEnvironment environment, FakeElastic server, double perSecond) {
        environment
                .fromSource(
                        new DataGeneratorSource<>(
                                ElasticSinkTest::numbered,
                                ALERTS,
                                RateLimiterStrategy.perSecond(perSecond),
                                Types.ALERT),
                        WatermarkStrategy.noWatermarks(),
                        "alerts",
                        Types.ALERT)
                .map(new Passing())
                .returns(Types.ALERT)
                .sinkTo(new ElasticAlertSink(ElasticSettings.of(server.address()), rejects))
                .uid("sink");
    }

    private static void await(BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void shouldStoreAllBeforeTheJobEnds() throws Exception {
        try (FakeElastic server = new FakeElastic()) {
            StreamExecutionEnvironment environment = environment();
            build(environment, server, 1_000_000);

            environment.execute();

            assertThat(server.stored()).hasSize(ALERTS);
            assertThat(rejects.all()).isEmpty();
        }
    }

    /** The server is away at the end of the input: checkpoints go on, and the job ends once the server is back and has all. */
    @Test
    void shouldCheckpointWhileTheServerIsAwayAndLoseNothing() throws Exception {
        try (FakeElastic server = new FakeElastic()) {
            StreamExecutionEnvironment environment = environment();
            build(environment, server, 2_000);
            JobClient job = environment.executeAsync();
            await(() -> server.stored().size() > 100);

            server.goAway();
            long before = CHECKPOINTS.get();
            await(() -> CHECKPOINTS.get() >= before + 3);
            server.comeBack();

            job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
            assertThat(server.stored()).hasSize(ALERTS);
        }
    }

    /** What was on its way or waiting when a task died comes out of the checkpoint. */
    @Test
    void shouldStoreAfterARestartWhatWasNotStoredBefore() throws Exception {
        try (FakeElastic server = new FakeElastic()) {
            StreamExecutionEnvironment environment = environment();
            build(environment, server, 2_000);
            JobClient job = environment.executeAsync();
            await(() -> server.stored().size() > 100);
            server.goAway();
            long before = CHECKPOINTS.get();
            await(() -> CHECKPOINTS.get() >= before + 2);

            server.refuse(1, FakeElastic.Refusal.of(403, "security_exception", "for a moment"));
            server.comeBack();

            job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
            assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.FINISHED);
            assertThat(server.stored()).hasSize(ALERTS);
        }
    }
}
