package io.tripline.job.stream;

import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.Rules;
import io.tripline.rules.probe.slowscan.SlowScan;
import io.tripline.rules.engine.Trials;
import io.tripline.rules.JobSettings;
import io.tripline.schemas.Address;
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
import org.jspecify.annotations.Nullable;

/** Hosts the rules about actors: one state and at most one timer for each actor. */
public final class ActorFunction extends KeyedProcessFunction<Address, Activity, Finding>
        implements CheckpointedFunction {
    /** Actors of an instance that it keeps something of; of more, only those are followed who try much in a second. */
    private static final int MOST = 1 << 20;

    private final JobSettings settings;
    private final int most;
    private final boolean judgesTargets;
    private transient @Nullable ActorRules rules;
    private transient @Nullable ValueState<ActorState> states;
    private transient @Nullable Kept kept;
    private transient @Nullable KeptRooms rooms;

    public ActorFunction(JobSettings settings) {
        this(settings, MOST);
    }

    ActorFunction(JobSettings settings, int most) {
        this.settings = settings;
        this.most = most;
        this.judgesTargets = settings.isAnyOn(Subjects.TARGETS.uid());
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        kept = new Kept(context, getRuntimeContext());
        rooms = new KeptRooms(
                context,
                getRuntimeContext().getTaskInfo(),
                getRuntimeContext().getMetricGroup(),
                settings.isOn(SlowScan.RULE));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        Objects.requireNonNull(kept).store();
        Objects.requireNonNull(rooms).store();
    }

    @Override
    public void open(OpenContext context) {
        rules = new ActorRules(
                Rules.aboutActors(settings, Trials.NONE),
                Objects.requireNonNull(rooms).rooms());
        states = getRuntimeContext().getState(new ValueStateDescriptor<>("actor", Types.ACTOR_STATE));
    }

    @Override
    public void processElement(Activity activity, Context context, Collector<Finding> findings) throws Exception {
        Kept count = Objects.requireNonNull(kept);
        if (count.isLate(
                context.getCurrentKey(),
                activity.second(),
                context.timerService().currentWatermark())) {
            context.output(Late.TAG, Late.of("actor-rules", activity));
            return;
        }
        ValueState<ActorState> stored = Objects.requireNonNull(states);
        ActorState state = stored.value();
        if (state == null) {
            if (activity.isLittle() && count.isFull(most)) {
                return;
            }
            state = new ActorState();
            count.began();
        }
        long before = state.next();
        int pending = state.pending();
        Activity leftOut = state.add(activity);
        if (leftOut != null) {
            count.leftOut();
            context.output(Late.TAG, Late.withoutRoom("actor-rules", leftOut));
        }
        count.pending(state.pending() - pending);
        schedule(before, state.next(), context.timerService());
        stored.update(state);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Finding> findings) throws Exception {
        Objects.requireNonNull(kept).judged(timestamp);
        ValueState<ActorState> stored = Objects.requireNonNull(states);
        ActorRules asked = Objects.requireNonNull(rules);
        ActorState state = Objects.requireNonNull(stored.value());
        // A part's second is complete only when this timer's watermark has passed on, so it is never late downstream.
        int pending = state.pending();
        asked.complete(StreamTime.secondOf(timestamp), context.getCurrentKey(), state, findings::collect, probes -> {
            if (judgesTargets) {
                context.output(Subjects.TARGETS.parts(), probes);
            }
        });
        Objects.requireNonNull(kept).pending(state.pending() - pending);
        if (asked.isIdle(state)) {
            stored.clear();
            Objects.requireNonNull(kept).forgotten();
        } else {
            schedule(ActorState.NEVER, state.next(), context.timerService());
            stored.update(state);
        }
    }

    /** Moves a key's one timer from one second to another. */
    static void schedule(long before, long next, TimerService timers) {
        if (next != before) {
            if (before != ActorState.NEVER) {
                timers.deleteEventTimeTimer(StreamTime.endOfSecond(before));
            }
            timers.registerEventTimeTimer(StreamTime.endOfSecond(next));
        }
    }
}
