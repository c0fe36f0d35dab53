package io.tripline.job.stream;

import io.tripline.rules.engine.DetectorHost;
import io.tripline.rules.engine.Hosted;
import io.tripline.rules.engine.Late;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.PendingSeconds;
import io.tripline.rules.incident.Finding;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DetectorHost} on Flink: one keyed state and at most one timer for each subject.
 *
 * @param <K> what tells subjects apart
 * @param <P> what a subject did in a second
 * @param <T> all that is remembered of one subject
 */
abstract class RuleFunction<K, P extends Part<K, P>, T extends PendingSeconds<P>>
        extends KeyedProcessFunction<K, P, Finding> implements CheckpointedFunction {
    private final String uid;
    private final ValueStateDescriptor<T> descriptor;
    private final int most;
    private transient @Nullable ValueState<T> states;
    private transient @Nullable SubjectBookkeeping kept;
    private transient @Nullable DetectorHost<K, P, T> host;

    /** What Flink calls for now. */
    private transient @Nullable Context context;

    /**
     * A host of rules.
     *
     * @param uid of these rules
     * @param state what is remembered of a subject, and under which name
     * @param most subjects of an instance; of more, only those are followed that do much in a second
     */
    RuleFunction(String uid, ValueStateDescriptor<T> state, int most) {
        this.uid = uid;
        this.descriptor = state;
        this.most = most;
    }

    /** Makes the rules, when the job starts. */
    abstract Hosted<K, P, T> rules();

    @Override
    public void initializeState(FunctionInitializationContext initialization) throws Exception {
        kept = new SubjectBookkeeping(initialization, getRuntimeContext());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext snapshot) throws Exception {
        kept().store();
    }

    @Override
    public void open(OpenContext opened) {
        states = getRuntimeContext().getState(descriptor);
        host = new DetectorHost<>(rules(), new KeyedState());
    }

    @Override
    public void processElement(P part, Context called, Collector<Finding> findings) throws Exception {
        context = called;
        Objects.requireNonNull(host).add(part);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext called, Collector<Finding> findings) throws Exception {
        context = called;
        // A part's second is complete only when this timer's watermark has passed on, so it is never late downstream.
        kept().judged(timestamp);
        Objects.requireNonNull(host)
                .complete(called.getCurrentKey(), StreamTime.secondOf(timestamp), findings::collect);
    }

    /** Forgets the subject whose timer came. */
    final void forget(OnTimerContext called) throws IOException {
        T state = states().value();
        if (state != null) {
            kept().pending(-state.pending());
            states().clear();
            kept().forgotten();
        }
    }

    /** What Flink calls for now. */
    final Context context() {
        return Objects.requireNonNull(context);
    }

    private SubjectBookkeeping kept() {
        return Objects.requireNonNull(kept);
    }

    private ValueState<T> states() {
        return Objects.requireNonNull(states);
    }

    /** Flink sets the key before it calls, so that the subject is the one of the state at hand. */
    private final class KeyedState implements DetectorHost.Place<K, P, T> {
        @Override
        public @Nullable T find(K subject) {
            try {
                return states().value();
            } catch (IOException e) {
                throw new FlinkRuntimeException("cannot read state", e);
            }
        }

        @Override
        public void begin(K subject, T state) {
            kept().began();
            update(subject, state);
        }

        @Override
        public void update(K subject, T state) {
            try {
                states().update(state);
            } catch (IOException e) {
                throw new FlinkRuntimeException("cannot write state", e);
            }
        }

        @Override
        public void forget(K subject) {
            states().clear();
            kept().forgotten();
        }

        @Override
        public void wake(K subject, long before, long next) {
            TimerService timers = context().timerService();
            if (before != PendingSeconds.NEVER) {
                timers.deleteEventTimeTimer(StreamTime.endOfSecond(before));
            }
            timers.registerEventTimeTimer(StreamTime.endOfSecond(next));
        }

        @Override
        public long judgedThrough(K subject) {
            return kept().judgedThrough(subject, context().timerService().currentWatermark());
        }

        @Override
        public boolean isFull() {
            return kept().isFull(most);
        }

        @Override
        public void pending(int more) {
            kept().pending(more);
        }

        @Override
        public void late(P part) {
            kept().late();
            context().output(Types.LATE, Late.of(uid, part));
        }

        @Override
        public void withoutRoom(P part) {
            kept().leftOut();
            context().output(Types.LATE, Late.withoutRoom(uid, part));
        }
    }
}
