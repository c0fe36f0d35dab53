package io.tripline.job.stream;

import io.tripline.rules.JobSettings;
import io.tripline.rules.RuleFolds;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.schemas.PacketBatch;
import java.util.Objects;
import java.util.function.Consumer;
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
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Folds batches where they arrive, chained to the source. Empties itself before each watermark and each checkpoint
 * barrier and at the end, so that it has no state of its own and nothing is late or lost by folding. While its source
 * counts as idle nothing stays in it, since time goes on without it. Each sensor has folds of its own, see
 * {@link RuleFolds}.
 */
public final class FoldOperator extends AbstractStreamOperator<Activity>
        implements OneInputStreamOperator<PacketBatch, Activity>, BoundedOneInput {
    public static final OutputTag<TrafficMinute> MINUTES = new OutputTag<>("traffic-minutes", Types.TRAFFIC_MINUTE);
    public static final OutputTag<IndicatorEvent> EVENTS = new OutputTag<>("indicator-events", Types.INDICATOR_EVENT);

    private final IntelParcel intel;
    private final boolean countsTraffic;
    private final JobSettings settings;
    private transient @Nullable RuleFolds folds;

    /** Whether nobody waits for this instance's time. */
    private transient boolean idle;

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
        RuleFolds opened = new RuleFolds(settings.withIntel(intel.open(getRuntimeContext())), new Parts());
        opened.notFollowed().forEach((uid, count) -> {
            Gauge<Long> gauge = count::getAsLong;
            if (uid.equals(ActorFunction.UID)) {
                getMetricGroup().gauge("actorsDropped", gauge);
            } else {
                getMetricGroup().addGroup(uid).gauge("subjectsDropped", gauge);
            }
        });
        folds = opened;
    }

    /** Where what was folded goes on. */
    private final class Parts implements RuleFolds.Output {
        @Override
        public void activity(Activity activity) {
            output.collect(new StreamRecord<>(activity, StreamTime.endOfSecond(activity.second())));
        }

        @Override
        public <P extends Part<?, P>> Consumer<P> parts(Subject<?, P, ?> subject) {
            OutputTag<P> tag = SubjectFunction.partsOf(subject);
            return part -> output.collect(tag, new StreamRecord<>(part, StreamTime.endOfSecond(part.second())));
        }

        @Override
        public void minute(TrafficMinute minute) {
            if (countsTraffic) {
                output.collect(MINUTES, new StreamRecord<>(minute));
            }
        }

        @Override
        public void event(IndicatorEvent event) {
            output.collect(EVENTS, new StreamRecord<>(event));
        }
    }

    @Override
    public void processElement(StreamRecord<PacketBatch> batch) {
        if (batch.hasTimestamp()) {
            folds().add(batch.getValue(), batch.getTimestamp());
        } else {
            folds().add(batch.getValue());
        }
        if (idle) {
            folds().flush();
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        idle = status.isIdle();
        if (idle) {
            folds().flush();
        }
        super.processWatermarkStatus(status);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        folds().flushThrough(StreamTime.secondOf(mark.getTimestamp()));
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) {
        folds().flush();
        folds().forgetSilent();
    }

    /**
     * A source that has been silent since it went on from a savepoint counts as idle, and then the end of its time
     * would reach nobody.
     */
    @Override
    public void endInput() {
        folds().flush();
        output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
        output.emitWatermark(Watermark.MAX_WATERMARK);
    }

    private RuleFolds folds() {
        return Objects.requireNonNull(folds);
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
