package io.tripline.job.stream;

import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.engine.Fold;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.engine.Part;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.rules.JobSettings;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.metrics.MetricGroup;
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
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Folds batches where they arrive, chained to the source. Empties itself before each watermark and each checkpoint barrier and at the end,
 * so that it has no state of its own and nothing is late or lost by folding. Each sensor has folds of its own, see {@link SensorFolds}.
 */
public final class FoldOperator extends AbstractStreamOperator<Activity>
        implements OneInputStreamOperator<PacketBatch, Activity>, BoundedOneInput {
    public static final OutputTag<TrafficMinute> MINUTES = new OutputTag<>("traffic-minutes", Types.TRAFFIC_MINUTE);
    public static final OutputTag<IndicatorEvent> EVENTS = new OutputTag<>("indicator-events", Types.INDICATOR_EVENT);

    private final IntelParcel intel;
    private final boolean countsTraffic;
    private JobSettings settings;
    private transient @Nullable SensorFolds folds;
    private transient List<Fold> together = List.of();

    private FoldOperator(
            StreamOperatorParameters<Activity> parameters,
            JobSettings settings,
            IntelParcel intel,
            boolean countsTraffic) {
        super(parameters);
        this.settings = settings;
        this.intel = intel;
        this.countsTraffic = countsTraffic;
    }

    @Override
    public void open() throws Exception {
        super.open();
        settings = settings.withIntel(intel.open(getRuntimeContext()));
        List<Subject<?, ?, ?>> subjects = new ArrayList<>();
        together = new ArrayList<>();
        for (Subject<?, ?, ?> subject : Subjects.on(settings)) {
            if (Subjects.isAboutAllSensors(subject)) {
                together.add(fold(subject));
            } else {
                subjects.add(subject);
            }
        }
        NotFollowed actors = NotFollowed.in(getMetricGroup(), "actorsNotFollowed");
        List<NotFollowed> others = subjects.stream()
                .map(subject -> {
                    MetricGroup group = getMetricGroup().addGroup(subject.uid());
                    return NotFollowed.in(group, "notFollowed");
                })
                .toList();
        folds = new SensorFolds(() -> {
            ActivityFold activities = actors.of(activities());
            List<Fold> made = new ArrayList<>();
            for (int i = 0; i < subjects.size(); i++) {
                made.add(others.get(i).of(fold(subjects.get(i))));
            }
            return new SensorFolds.Lane(activities, List.copyOf(made), traffic(), () -> {
                actors.giveBack(activities);
                for (int i = 0; i < made.size(); i++) {
                    others.get(i).giveBack(made.get(i));
                }
            });
        });
    }

    private ActivityFold activities() {
        return new ActivityFold(
                activity -> output.collect(new StreamRecord<>(activity, StreamTime.endOfSecond(activity.second()))));
    }

    private TrafficFold traffic() {
        boolean judgesVolume = settings.isAnyOn(Subjects.SEGMENT.uid());
        return new TrafficFold(
                second -> {
                    if (judgesVolume) {
                        output.collect(
                                Subjects.SEGMENT.parts(),
                                new StreamRecord<>(second, StreamTime.endOfSecond(second.second())));
                    }
                },
                minute -> {
                    if (countsTraffic) {
                        output.collect(MINUTES, new StreamRecord<>(minute));
                    }
                },
                event -> output.collect(EVENTS, new StreamRecord<>(event)));
    }

    private <P extends Part<?, P>> Fold fold(Subject<?, P, ?> subject) {
        return subject.fold()
                .fold(
                        settings,
                        part -> output.collect(
                                subject.parts(), new StreamRecord<>(part, StreamTime.endOfSecond(part.second()))));
    }

    @Override
    public void processElement(StreamRecord<PacketBatch> batch) {
        Objects.requireNonNull(folds).add(batch.getValue());
        for (Fold fold : together) {
            if (batch.hasTimestamp()) {
                fold.add(batch.getValue(), batch.getTimestamp());
            } else {
                fold.add(batch.getValue());
            }
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        together.forEach(Fold::flush);
        Objects.requireNonNull(folds).flushThrough(StreamTime.secondOf(mark.getTimestamp()));
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) {
        SensorFolds all = Objects.requireNonNull(folds);
        together.forEach(Fold::flush);
        all.flush();
        all.forgetSilent();
    }

    /** A source that has been silent since it went on from a savepoint counts as idle, and then the end of its time would reach nobody. */
    @Override
    public void endInput() {
        together.forEach(Fold::flush);
        Objects.requireNonNull(folds).flush();
        output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
        output.emitWatermark(Watermark.MAX_WATERMARK);
    }

    /** Makes the operator in its task. */
    public static final class Factory extends AbstractStreamOperatorFactory<Activity>
            implements OneInputStreamOperatorFactory<PacketBatch, Activity> {
        private final JobSettings settings;
        private final IntelParcel intel;
        private final boolean countsTraffic;

        /**
         * Folds for the rules that are on.
         *
         * @param intel the lists, which settings need not carry
         * @param countsTraffic whether anybody wants minutes of traffic
         */
        Factory(JobSettings settings, IntelParcel intel, boolean countsTraffic) {
            this.settings = settings.withoutIntel();
            this.intel = intel;
            this.countsTraffic = countsTraffic;
            setChainingStrategy(ChainingStrategy.ALWAYS);
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
        public <T extends StreamOperator<Activity>> T createStreamOperator(
                StreamOperatorParameters<Activity> parameters) {
            return (T) new FoldOperator(parameters, settings, intel, countsTraffic);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classes) {
            return FoldOperator.class;
        }
    }
}
