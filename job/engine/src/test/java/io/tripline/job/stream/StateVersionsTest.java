package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.job.stream.Parcel.Label;
import io.tripline.rules.codec.Format;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What one program stored, the next reads: values of {@link Parcel} in state of keys and of operators, through
 * savepoints of both back-ends. What cannot be read is refused when the job starts.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StateVersionsTest {
    @RegisterExtension
    static final SharedFlink FLINK = new SharedFlink(1);

    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final Queue<Parcel> RESTORED = new ConcurrentLinkedQueue<>();

    private static final AtomicInteger LEFT = new AtomicInteger();

    private static volatile CompletableFuture<@Nullable Void> processed = new CompletableFuture<>();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void forget() {
        Parcel.program = Parcel.FIRST;
        RESTORED.clear();
    }

    @ParameterizedTest
    @CsvSource({"hashmap, CANONICAL", "rocksdb, CANONICAL", "hashmap, NATIVE", "rocksdb, NATIVE"})
    void shouldReadWhatTheProgramBeforeStored(String backend, SavepointFormatType form) throws Exception {
        String first = run(Parcel.FIRST, backend, form, null);
        RESTORED.clear();

        String second = run(Parcel.SECOND, backend, form, first);

        assertThat(RESTORED).hasSize(5).containsOnly(new Parcel(new Label("parcel", "none"), 0));

        RESTORED.clear();
        run(Parcel.THIRD, backend, form, second);
        assertThat(RESTORED)
                .as("all was written anew by the second program, so the third need not know the first")
                .hasSize(5)
                .containsOnly(new Parcel(new Label("parcel", "none"), 0));
    }

    @ParameterizedTest
    @CsvSource({"hashmap, CANONICAL", "rocksdb, CANONICAL", "hashmap, NATIVE", "rocksdb, NATIVE"})
    void shouldRefuseToStartFromWhatANewerProgramStored(String backend, SavepointFormatType form) throws Exception {
        String newer = run(Parcel.SECOND, backend, form, null);

        assertThatThrownBy(() -> run(Parcel.FIRST, backend, form, newer))
                .hasStackTraceContaining("stored state holds parcel in version 2; this program reads 1:"
                        + " it was written by a newer program");
    }

    @ParameterizedTest
    @CsvSource({"hashmap", "rocksdb"})
    void shouldRefuseToStartFromWhatIsTooOld(String backend) throws Exception {
        String old = run(Parcel.FIRST, backend, SavepointFormatType.CANONICAL, null);

        assertThatThrownBy(() -> run(Parcel.THIRD, backend, SavepointFormatType.CANONICAL, old))
                .hasStackTraceContaining("stored state holds parcel in version 1; this program reads 2 to 3:"
                        + " it was written by a program that is too old");
    }

    @ParameterizedTest
    @CsvSource({"hashmap", "rocksdb"})
    void shouldRefuseToStartFromATypeThatIsNotKnown(String backend) throws Exception {
        String old = run(Format.of("crate", 1), backend, SavepointFormatType.CANONICAL, null);

        assertThatThrownBy(() -> run(Parcel.FIRST, backend, SavepointFormatType.CANONICAL, old))
                .hasStackTraceContaining("stored state holds crate, which this program does not know");
    }

    @ParameterizedTest
    @CsvSource({"hashmap, CANONICAL", "rocksdb, CANONICAL", "hashmap, NATIVE", "rocksdb, NATIVE"})
    void shouldSkipStateOfAnOperatorThatIsRetiredAndOfNoOther(String backend, SavepointFormatType form)
            throws Exception {
        String first = run(Parcel.FIRST, backend, form, null);

        run(Parcel.FIRST, backend, form, first, keys -> RetiredOperators.standIn(keys, List.of("keeping")));

        assertThatThrownBy(() -> run(Parcel.FIRST, backend, form, first, keys -> keys))
                .hasStackTraceContaining("Cannot map checkpoint/savepoint state for operator");
    }

    @Test
    void shouldReadValuesOfTwoVersionsSideBySide() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        new CodecSerializer<>(Parcel.codec()).serialize(new Parcel(new Label("old", ""), 0), out);
        Parcel.program = Parcel.SECOND;
        CodecSerializer<Parcel> serializer = new CodecSerializer<>(Parcel.codec());
        serializer.serialize(new Parcel(new Label("new", "red"), 7), out);

        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        assertThat(serializer.deserialize(in)).isEqualTo(new Parcel(new Label("old", "none"), 0));
        assertThat(serializer.deserialize(in)).isEqualTo(new Parcel(new Label("new", "red"), 7));
        assertThat(in.available()).isZero();
    }

    private String run(Format program, String backend, SavepointFormatType form, @Nullable String from)
            throws Exception {
        return run(program, backend, form, from, StateVersionsTest::keeping);
    }

    /**
     * Starts a program, from a savepoint where one is given, until it has kept a parcel of each key; stops it with a
     * savepoint.
     */
    private String run(
            Format program,
            String backend,
            SavepointFormatType form,
            @Nullable String from,
            UnaryOperator<DataStream<String>> operators)
            throws Exception {
        Parcel.program = program;
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        // Whoever tries again what no restart can mend does so after this test's time.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofHours(1));
        if (from != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
        }
        StreamExecutionEnvironment environment = FLINK.environment(1, configuration);
        DataGeneratorSource<String> keys = new DataGeneratorSource<>(
                index -> KEYS.get(Math.floorMod(index, KEYS.size())),
                Long.MAX_VALUE,
                readers -> new Pausing(KEYS.size()),
                Types.STRING);
        DataStream<String> source = environment
                .fromSource(keys, WatermarkStrategy.noWatermarks(), "keys")
                .uid("keys");
        operators
                .apply(source)
                .map(StateVersionsTest::count)
                .returns(Types.STRING)
                .uid("count")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
        LEFT.set(KEYS.size());
        processed = new CompletableFuture<>();
        JobClient job = environment.executeAsync("versions");
        CompletableFuture.anyOf(processed, job.getJobExecutionResult()).get(1, TimeUnit.MINUTES);
        return job.stopWithSavepoint(false, folder.toUri().toString(), form).get(1, TimeUnit.MINUTES);
    }

    private static DataStream<String> keeping(DataStream<String> keys) {
        return keys.keyBy(key -> key)
                .process(new Keeping())
                .returns(Types.STRING)
                .uid("keeping");
    }

    private static String count(String key) {
        if (LEFT.decrementAndGet() == 0) {
            processed.complete(null);
        }
        return key;
    }

    /** Keeps a parcel for each key and in each kind of operator state, and tells of those that it finds. */
    private static final class Keeping extends KeyedProcessFunction<String, String, String>
            implements CheckpointedFunction {
        private static final long serialVersionUID = 1;
        private static final Parcel PARCEL = new Parcel(new Label("parcel", "red"), 7);

        private transient @Nullable ValueState<Parcel> parcels;

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            parcels = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("parcels", Parcel.type()));
            ListState<Parcel> list =
                    context.getOperatorStateStore().getListState(new ListStateDescriptor<>("list", Parcel.type()));
            BroadcastState<String, Parcel> broadcast = context.getOperatorStateStore()
                    .getBroadcastState(new MapStateDescriptor<>("broadcast", Types.STRING, Parcel.type()));
            list.get().forEach(RESTORED::add);
            if (broadcast.contains("key")) {
                RESTORED.add(broadcast.get("key"));
            }
            if (!context.isRestored()) {
                list.add(PARCEL);
                broadcast.put("key", PARCEL);
            }
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {}

        @Override
        public void processElement(String key, Context context, Collector<String> out) throws Exception {
            Parcel known = Objects.requireNonNull(parcels).value();
            if (known == null) {
                Objects.requireNonNull(parcels).update(PARCEL);
            } else {
                RESTORED.add(known);
            }
            out.collect(key);
        }
    }
}
