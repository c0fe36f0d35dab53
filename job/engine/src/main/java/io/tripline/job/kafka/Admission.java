package io.tripline.job.kafka;

import io.tripline.job.kafka.Received.Accepted;
import io.tripline.job.kafka.Received.Rejected;
import io.tripline.job.stream.CodecTypeInfo;
import io.tripline.job.stream.StreamTime;
import io.tripline.schemas.PacketBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Lets batches pass, each once, and puts aside, counted, what was rejected and what is late as a whole: its second was
 * complete, where it was read, before it came. So a sensor that drains hours costs the others nothing, and is told by
 * its name instead of subject by subject. What is late is told before each checkpoint, and so as often as it is
 * counted.
 */
final class Admission extends AbstractStreamOperator<PacketBatch>
        implements OneInputStreamOperator<Received, PacketBatch>, BoundedOneInput {
    static final OutputTag<Rejected> REJECTED =
            new OutputTag<>("rejected", new CodecTypeInfo<>(ReceivedCodecs.REJECTED));
    static final OutputTag<LateBatches> LATE = new OutputTag<>("late-batches", LateBatches.TYPE);

    private static final long SECOND = 1_000_000;

    private final Map<String, Counter> rejected = new HashMap<>();
    private @Nullable Repeats repeats;
    private @Nullable Counter repeated;
    private @Nullable Latecomers late;
    private long complete = Long.MIN_VALUE;

    private Admission(StreamOperatorParameters<PacketBatch> parameters) {
        super(parameters);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        repeats = new Repeats(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Objects.requireNonNull(repeats).store();
    }

    @Override
    public void open() throws Exception {
        super.open();
        repeated = getMetricGroup().counter("batchesRepeated");
        late = new Latecomers(getMetricGroup(), told -> output.collect(LATE, new StreamRecord<>(told)));
    }

    @Override
    public void processElement(StreamRecord<Received> record) {
        Received received = record.getValue();
        if (received instanceof Accepted accepted) {
            PacketBatch batch = accepted.batch();
            if (Objects.requireNonNull(repeats).has(batch, accepted.partition())) {
                Objects.requireNonNull(repeated).inc();
            } else if (StreamTime.endOfSecond(Math.floorDiv(batch.getNewest(), SECOND)) <= complete) {
                latecomers().add(batch, complete);
                output.collect(record.replace(withoutPackets(batch)));
            } else {
                output.collect(record.replace(batch));
            }
        } else if (received instanceof Rejected wrong) {
            rejected.computeIfAbsent(
                            wrong.reason(),
                            reason ->
                                    getMetricGroup().addGroup("reason", reason).counter("rejected"))
                    .inc();
            output.collect(REJECTED, new StreamRecord<>(wrong));
        } else {
            Objects.requireNonNull(repeats).assigned(received.partition());
        }
    }

    /**
     * What a late batch says of its sensor counts all the same: that it is not lost, what was dropped, totals of its
     * minute.
     */
    private static PacketBatch withoutPackets(PacketBatch batch) {
        batch.setRecords(List.of());
        batch.setVolumes(List.of());
        return batch;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        complete = mark.getTimestamp();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) {
        latecomers().tell();
    }

    @Override
    public void endInput() {
        latecomers().tell();
    }

    private Latecomers latecomers() {
        return Objects.requireNonNull(late);
    }

    /** Makes the operator in its task. */
    static final class Factory extends AbstractStreamOperatorFactory<PacketBatch>
            implements OneInputStreamOperatorFactory<Received, PacketBatch> {
        private static final long serialVersionUID = 1;

        Factory() {
            setChainingStrategy(ChainingStrategy.ALWAYS);
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
        public <T extends StreamOperator<PacketBatch>> T createStreamOperator(
                StreamOperatorParameters<PacketBatch> parameters) {
            return (T) new Admission(parameters);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classes) {
            return Admission.class;
        }
    }
}
