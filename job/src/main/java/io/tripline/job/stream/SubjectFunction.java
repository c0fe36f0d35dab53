package io.tripline.job.stream;

import io.tripline.rules.engine.Part;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.engine.Trials;
import io.tripline.rules.JobSettings;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Hosts the rules about one kind of subject: one state and at most one timer for each subject. Where all of these rules are off it takes nothing
 * in, and forgets what it went on with as the timers come; who tells alerts closes what is open.
 */
final class SubjectFunction<K, P extends Part<K, P>, S> extends KeyedProcessFunction<K, P, Finding>
        implements CheckpointedFunction {
    private final Subject<K, P, S> subject;
    private final JobSettings settings;
    private final boolean on;
    private transient @Nullable SubjectDetector<K, P, S> detector;
    private transient @Nullable ValueState<SubjectState<P, S>> states;
    private transient @Nullable Kept kept;

    /**
     * The rules about this kind of subject.
     *
     * @param settings without lists
     * @param on whether any of these rules is on and has something to look for
     */
    SubjectFunction(Subject<K, P, S> subject, JobSettings settings, boolean on) {
        this.subject = subject;
        this.settings = settings;
        this.on = on;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        kept = new Kept(context, getRuntimeContext());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        Objects.requireNonNull(kept).store();
    }

    @Override
    public void open(OpenContext context) {
        detector = subject.detector().detector(settings, Trials.NONE);
        states = getRuntimeContext().getState(new ValueStateDescriptor<>("subject", subject.state()));
    }

    @Override
    public void processElement(P part, Context context, Collector<Finding> findings) throws Exception {
        if (!on) {
            return;
        }
        Kept count = Objects.requireNonNull(kept);
        long watermark = context.timerService().currentWatermark();
        K key = context.getCurrentKey();
        if (count.isJudged(key, part.second(), watermark) && !part.raise(count.following(key, watermark))) {
            count.late();
            context.output(Late.TAG, Late.of(subject.uid(), part));
            return;
        }
        ValueState<SubjectState<P, S>> stored = Objects.requireNonNull(states);
        SubjectState<P, S> state = stored.value();
        if (state == null) {
            state = new SubjectState<>();
            count.began();
        }
        long before = state.next();
        int pending = state.pending();
        P leftOut = state.add(part);
        if (leftOut != null) {
            count.leftOut();
            context.output(Late.TAG, Late.withoutRoom(subject.uid(), leftOut));
        }
        count.pending(state.pending() - pending);
        ActorFunction.schedule(before, state.next(), context.timerService());
        stored.update(state);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Finding> findings) throws Exception {
        Objects.requireNonNull(kept).judged(timestamp);
        ValueState<SubjectState<P, S>> stored = Objects.requireNonNull(states);
        SubjectState<P, S> state = Objects.requireNonNull(stored.value());
        int pending = state.pending();
        if (!on) {
            stored.clear();
            Objects.requireNonNull(kept).pending(-pending);
            Objects.requireNonNull(kept).forgotten();
            return;
        }
        state.complete(
                StreamTime.secondOf(timestamp), context.getCurrentKey(), Objects.requireNonNull(detector), finding -> {
                    // A detector may stand for several rules, of which some are off.
                    if (settings.isOn(finding.rule())) {
                        findings.collect(finding);
                    }
                });
        Objects.requireNonNull(kept).pending(state.pending() - pending);
        if (state.isIdle()) {
            stored.clear();
            Objects.requireNonNull(kept).forgotten();
        } else {
            ActorFunction.schedule(SubjectState.NEVER, state.next(), context.timerService());
            stored.update(state);
        }
    }
}
