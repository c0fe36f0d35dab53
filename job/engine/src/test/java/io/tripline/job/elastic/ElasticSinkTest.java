package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.stream.JobGraph;
import io.tripline.job.stream.Types;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.SampleAlerts;
import io.tripline.rules.incident.Finding.Stage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private static final Duration SINK_PATIENCE = Duration.ofSeconds(60);

    private static final AtomicLong CHECKPOINTS = new AtomicLong();
    private static final AtomicLong PASSED = new AtomicLong();
    private static final AtomicBoolean FAIL = new AtomicBoolean();

    /** Lies in one task with the sink, and counts the checkpoints that were completed. */
    private static final class Passing implements MapFunction<Alert, Alert>, CheckpointListener {
        @Override
        public Alert map(Alert alert) {
            PASSED.incrementAndGet();
            if (FAIL.compareAndSet(true, false)) {
                throw new IllegalStateException("killed by the test");
            }
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

    private void build(
            StreamExecutionEnvironment environment, FakeElastic server, double perSecond, Duration patience) {
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
                .sinkTo(new ElasticAlertSink(ElasticSettings.of(server.address()), rejects).withPatience(patience))
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
            build(environment, server, 1_000_000, SINK_PATIENCE);

            environment.execute();

            assertThat(server.stored()).hasSize(ALERTS);
            assertThat(rejects.all()).isEmpty();
        }
    }

    /**
     * The server is away at the end of the input: checkpoints go on, and the job ends once the server is back and has
     * all.
     */
    @Test
    void shouldCheckpointWhileTheServerIsAwayAndLoseNothing() throws Exception {
        try (FakeElastic server = new FakeElastic()) {
            StreamExecutionEnvironment environment = environment();
            build(environment, server, 2_000, SINK_PATIENCE);
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

    /**
     * What was on its way or waiting when a task died comes out of the checkpoint; a refused password does not make it
     * die.
     */
    @Test
    void shouldStoreAfterARestartWhatWasNotStoredBefore() throws Exception {
        try (FakeElastic server = new FakeElastic()) {
            StreamExecutionEnvironment environment = environment();
            FAIL.set(false);
            build(environment, server, 2_000, SINK_PATIENCE);
            JobClient job = environment.executeAsync();
            await(() -> server.stored().size() > 100);
            server.authorize(header -> false);
            long before = CHECKPOINTS.get();
            await(() -> CHECKPOINTS.get() >= before + 2);

            FAIL.set(true);
            await(() -> !FAIL.get());
            server.authorize(header -> true);

            job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
            assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.FINISHED);
            assertThat(server.stored()).hasSize(ALERTS);
        }
    }

    /**
     * What flows past the sink goes on for as long as the server refuses, however much that is; then the input's end
     * waits no longer than it may.
     */
    @Test
    void shouldHoldUpNothingWhateverTheServerSays() throws Exception {
        try (FakeElastic server = new FakeElastic()) {
            server.refuse(Integer.MAX_VALUE, FakeElastic.Refusal.of(403, "security_exception", "for good"));
            StreamExecutionEnvironment environment = environment();
            PASSED.set(0);
            build(environment, server, 2_000, Duration.ofSeconds(1));
            JobClient job = environment.executeAsync();

            await(() -> PASSED.get() == ALERTS);
            job.getJobExecutionResult().get(60, TimeUnit.SECONDS);

            assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.FINISHED);
            assertThat(server.stored()).isEmpty();
            assertThat(rejects.all()).isEmpty();
        }
    }
}
