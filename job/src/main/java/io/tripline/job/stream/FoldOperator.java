package io.tripline.job.stream;

import io.tripline.job.activity.Activity;
import io.tripline.job.activity.ActivityFold;
import io.tripline.job.activity.Fold;
import io.tripline.job.activity.IndicatorEvent;
import io.tripline.job.activity.Part;
import io.tripline.job.activity.TrafficFold;
import io.tripline.job.activity.TrafficFolds;
import io.tripline.job.activity.TrafficMinute;
import io.tripline.job.settings.JobSettings;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.metrics.Gauge;
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
 * Folds batches where they arrive, chained to the source. Empties itself before each watermark and each checkpoint barrier and at the end,
 * so that it has no state of its own and nothing is late or lost by folding.
 */
public final class FoldOperator extends AbstractStreamOperator<Activity>
        implements OneInputStreamOperator<PacketBatch, Activity>, BoundedOneInput {
    public static final OutputTag<TrafficMinute> MINUTES = new OutputTag<>("traffic-minutes", Types.TRAFFIC_MINUTE);
    public static final OutputTag<IndicatorEvent> EVENTS = new OutputTag<>("indicator-events", Types.INDICATOR_EVENT);

    private final JobSettings settings;
    private transient @Nullable TrafficFolds traffic;
    private transient List<Fold> folds = List.of();

    private FoldOperator(StreamOperatorParameters<Activity> parameters, JobSettings settings) {
        super(parameters);
        this.settings = settings;
    }

    @Override
    public void open() throws Exception {
        super.open();
        ActivityFold fold = new ActivityFold(
                activity -> output.collect(new StreamRecord<>(activity, StreamTime.endOfSecond(activity.second()))));
        getMetricGroup().<Long, Gauge<Long>>gauge("actorsNotFollowed", fold::notFollowed);
        List<Fold> all = new ArrayList<>(List.of(fold));
        for (Subject<?, ?, ?> subject : Subjects.on(settings)) {
            all.add(fold(subject));
        }
        folds = List.copyOf(all);
        traffic = new TrafficFolds(this::trafficFold);
    }

    private TrafficFold trafficFold() {
        return new TrafficFold(
                second -> output.collect(
                        Subjects.SEGMENT.parts(), new StreamRecord<>(second, StreamTime.endOfSecond(second.second()))),
                minute -> output.collect(MINUTES, new StreamRecord<>(minute)),
                event -> output.collect(EVENTS, new StreamRecord<>(event)));
    }

    private <P extends Part<?, P>> Fold fold(Subject<?, P, ?> subject) {
        Fold fold = subject.fold()
                .fold(
                        settings,
                        part -> output.collect(
                                subject.parts(), new StreamRecord<>(part, StreamTime.endOfSecond(part.second()))));
        getMetricGroup().addGroup(subject.uid()).<Long, Gauge<Long>>gauge("notFollowed", fold::notFollowed);
        return fold;
    }

    @Override
    public void processElement(StreamRecord<PacketBatch> batch) {
        for (Fold fold : folds) {
            fold.add(batch.getValue());
        }
        Objects.requireNonNull(traffic).add(batch.getValue());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        folds.forEach(Fold::flush);
        Objects.requireNonNull(traffic).flushThrough(StreamTime.secondOf(mark.getTimestamp()));
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) {
        flush();
    }

    @Override
    public void endInput() {
        flush();
    }

    private void flush() {
        folds.forEach(Fold::flush);
        Objects.requireNonNull(traffic).flush();
    }

    /** Makes the operator in its task. */
    public static final class Factory extends AbstractStreamOperatorFactory<Activity>
            implements OneInputStreamOperatorFactory<PacketBatch, Activity> {
        private final JobSettings settings;

        public Factory(JobSettings settings) {
            this.settings = settings;
            setChainingStrategy(ChainingStrategy.ALWAYS);
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
        public <T extends StreamOperator<Activity>> T createStreamOperator(
                StreamOperatorParameters<Activity> parameters) {
            return (T) new FoldOperator(parameters, settings);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classes) {
            return FoldOperator.class;
        }
    }
}
