package io.tripline.job.stream;

import io.tripline.job.activity.Part;
import io.tripline.job.detect.Finding;
import io.tripline.job.detect.SubjectDetector;
import io.tripline.job.detect.SubjectState;
import io.tripline.job.detect.Trials;
import io.tripline.job.settings.JobSettings;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Hosts the rules about one kind of subject: one state and at most one timer for each subject. */
final class SubjectFunction<K, P extends Part<K, P>, S> extends KeyedProcessFunction<K, P, Finding> {
    private final Subject<K, P, S> subject;
    private final JobSettings settings;
    private transient @Nullable SubjectDetector<K, P, S> detector;
    private transient @Nullable ValueState<SubjectState<P, S>> states;
    private transient @Nullable Counter late;

    SubjectFunction(Subject<K, P, S> subject, JobSettings settings) {
        this.subject = subject;
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        detector = subject.detector().detector(settings, Trials.NONE);
        states = getRuntimeContext().getState(new ValueStateDescriptor<>("subject", subject.state()));
        late = getRuntimeContext().getMetricGroup().counter("late");
    }

    @Override
    public void processElement(P part, Context context, Collector<Finding> findings) throws Exception {
        if (StreamTime.endOfSecond(part.second()) <= context.timerService().currentWatermark()) {
            Objects.requireNonNull(late).inc();
            context.output(Late.TAG, new Late(subject.uid(), part.subject().toString(), part.second()));
            return;
        }
        ValueState<SubjectState<P, S>> stored = Objects.requireNonNull(states);
        SubjectState<P, S> state = stored.value();
        if (state == null) {
            state = new SubjectState<>();
        }
        long before = state.next();
        state.add(part);
        ActorFunction.schedule(before, state.next(), context.timerService());
        stored.update(state);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Finding> findings) throws Exception {
        ValueState<SubjectState<P, S>> stored = Objects.requireNonNull(states);
        SubjectState<P, S> state = Objects.requireNonNull(stored.value());
        state.complete(
                StreamTime.secondOf(timestamp), context.getCurrentKey(), Objects.requireNonNull(detector), finding -> {
                    // A detector may stand for several rules, of which some are off.
                    if (settings.isOn(finding.rule())) {
                        findings.collect(finding);
                    }
                });
        if (state.isIdle()) {
            stored.clear();
        } else {
            ActorFunction.schedule(SubjectState.NEVER, state.next(), context.timerService());
            stored.update(state);
        }
    }
}
