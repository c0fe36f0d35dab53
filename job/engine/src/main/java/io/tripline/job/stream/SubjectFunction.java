package io.tripline.job.stream;

import io.tripline.rules.JobSettings;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Hosted;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.incident.Finding;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Hosts the rules about one kind of subject. Where all of these rules are off it takes nothing in, and forgets what it
 * went on with as the timers come; who tells alerts closes what is open.
 */
final class SubjectFunction<K, P extends Part<K, P>, S> extends RuleFunction<K, P, SubjectState<P, S>> {
    private final Subject<K, P, S> subject;
    private final JobSettings settings;
    private final boolean on;

    /**
     * The rules about this kind of subject.
     *
     * @param settings without lists
     * @param on whether any of these rules is on and has something to look for
     */
    SubjectFunction(Subject<K, P, S> subject, JobSettings settings, boolean on) {
        super(
                subject.uid(),
                new ValueStateDescriptor<>("subject", new CodecTypeInfo<>(subject.state())),
                subject.most());
        this.subject = subject;
        this.settings = settings;
        this.on = on;
    }

    /** Where a fold puts the parts of these subjects. */
    static <P extends Part<?, P>> OutputTag<P> partsOf(Subject<?, P, ?> subject) {
        return new OutputTag<>(subject.uid(), new CodecTypeInfo<>(subject.part()));
    }

    @Override
    Hosted<K, P, SubjectState<P, S>> rules() {
        return subject.hosted(settings, DecisionTrace.NONE);
    }

    @Override
    public void processElement(P part, Context context, Collector<Finding> findings) throws Exception {
        if (on) {
            super.processElement(part, context, findings);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Finding> findings) throws Exception {
        if (on) {
            super.onTimer(timestamp, context, findings);
        } else {
            forget(context);
        }
    }
}
