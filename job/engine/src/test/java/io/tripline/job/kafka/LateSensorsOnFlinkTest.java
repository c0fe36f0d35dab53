package io.tripline.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.kafka.Received.Accepted;
import io.tripline.job.stream.JobGraph;
import io.tripline.job.stream.NoResults;
import io.tripline.job.stream.Recorded;
import io.tripline.rules.JobSettings;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.engine.Late;
import io.tripline.schemas.PacketBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job on Flink, with a log of two partitions: one sensor sees scans, another drains an hour that it kept. */
class LateSensorsOnFlinkTest {
    private static final String CAPTURE = "multi_scan_sequence_with_background.pcap";
    private static final long SECOND = 1_000_000;
    private static final long START = 1_790_000_000L * SECOND;
    private static final Map<String, Queue<Object>> COLLECTED = new ConcurrentHashMap<>();

    private final String name = "late-" + System.nanoTime();
    private final List<Received> log = new ArrayList<>();
    private final long[] offsets = new long[WrittenLog.PARTITIONS];

    private void append(PacketBatch batch, int partition, long at) {
        log.add(new Accepted(batch, partition, offsets[partition]++, at / 1_000));
    }

    private static PacketBatch heartbeat(String sensor, long reached, long sequence) {
        PacketBatch batch = Batches.batch()
                .setSensor(sensor)
                .setSequence(sequence)
                .setRun(1)
                .setPackets(0)
                .setBytes(0)
                .build();
        batch.setTime(reached);
        batch.setNewest(reached);
        batch.setSentAt(START);
        return batch;
    }

    /** The live sensor goes on past its scans until a number of seconds after the last. */
    private long live(int secondsAfter) throws Exception {
        List<PacketBatch> seen = Recorded.together(CAPTURE);
        long sequence = 0;
        long last = START;
        for (PacketBatch batch : seen) {
            batch.setSensor("live");
            batch.setRun(1L);
            batch.setSentAt(batch.getNewest());
            batch.setSequence(sequence++);
            last = batch.getNewest();
            append(batch, Math.toIntExact(sequence % 2), last);
        }
        for (long at = START - 10 * SECOND; at <= last + secondsAfter * SECOND; at += SECOND / 2) {
            for (int partition = 0; partition < WrittenLog.PARTITIONS; partition++) {
                append(heartbeat("live", at, sequence++), partition, at);
            }
        }
        return last;
    }

    private void drains(long from, long to) {
        long sequence = 0;
        for (long at = from; at <= to; at += SECOND / 2) {
            PacketBatch batch = heartbeat("west", at - 3_600 * SECOND, sequence);
            batch.setPackets(10L);
            batch.setBytes(1_000L);
            append(batch, Math.toIntExact(sequence++ % 2), at);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3}) // of three instances one has no partition
    void shouldTellOfScansInTimeAndCountByNameWhatIsLate(int parallelism) throws Exception {
        long last = live(8);
        drains(START - 4 * SECOND, last + 8 * SECOND);
        JobClient job = start(parallelism);
        try {
            // The log ends eight seconds after the last scan: whoever waited for the late sensor would wait for ever.
            await(() ->
                    !found(Alert.class).isEmpty() && !found(LateBatches.class).isEmpty());
        } finally {
            job.cancel().get();
        }

        assertThat(found(LateBatches.class)).allSatisfy(late -> {
            assertThat(late.sensor()).isEqualTo("west");
            assertThat(late.behind()).isGreaterThan(3_500_000);
            assertThat(late.packets()).isEqualTo(late.batches() * 10);
        });
    }

    private JobClient start(int parallelism) throws Exception {
        Configuration configuration = JobGraph.configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        SingleOutputStreamOperator<PacketBatch> batches = KafkaBatches.admit(
                environment, new WrittenLog(name, log), new PartitionWatermarks(KafkaSettings.DEFAULT));
        batches.getSideOutput(Admission.LATE).sinkTo(new Collecting<>(name)).uid("late-batches-sink");
        JobGraph.build(batches, JobSettings.DEFAULT, JobGraph.Clock.NONE, new Collected(name));
        return environment.executeAsync(name);
    }

    private <T> List<T> found(Class<T> kind) {
        return COLLECTED.computeIfAbsent(name, ignored -> new ConcurrentLinkedQueue<>()).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("still waiting; found " + COLLECTED.get(name))
                    .isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static final class Collected extends NoResults {
        private final String run;

        Collected(String run) {
            this.run = run;
        }

        @Override
        public Sink<Alert> alerts() {
            return new Collecting<>(run);
        }

        @Override
        public Sink<Late> late() {
            return new Collecting<>(run);
        }
    }

    private record Collecting<T>(String run) implements Sink<T> {
        @Override
        public SinkWriter<T> createWriter(WriterInitContext context) {
            Queue<Object> queue = COLLECTED.computeIfAbsent(run, ignored -> new ConcurrentLinkedQueue<>());
            return new SinkWriter<>() {
                @Override
                public void write(T element, Context ignored) {
                    queue.add(element);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }
}
