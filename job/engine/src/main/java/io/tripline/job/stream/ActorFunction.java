package io.tripline.job.stream;

import io.tripline.rules.JobSettings;
import io.tripline.rules.Rules;
import io.tripline.rules.Subjects;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Hosted;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.probe.slowscan.SlowScan;
import io.tripline.schemas.Address;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Hosts the rules about actors. */
public final class ActorFunction extends RuleFunction<Address, Activity, ActorState> {
    static final String UID = ActorRules.UID;

    private static final OutputTag<TargetProbes> FAILURES = SubjectFunction.partsOf(Subjects.PROBED_TARGETS);

    private final JobSettings settings;
    private transient @Nullable KeptRooms rooms;

    /** With settings that carry no lists. */
    public ActorFunction(JobSettings settings) {
        this(settings, ActorRules.MOST);
    }

    ActorFunction(JobSettings settings, int most) {
        super(UID, new ValueStateDescriptor<>("actor", Types.ACTOR_STATE), most);
        this.settings = settings;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        super.initializeState(context);
        rooms = new KeptRooms(
                context,
                getRuntimeContext().getTaskInfo(),
                getRuntimeContext().getMetricGroup(),
                settings.isOn(SlowScan.RULE));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Objects.requireNonNull(rooms).store();
    }

    @Override
    Hosted<Address, Activity, ActorState> rules() {
        ActorRules rules = new ActorRules(
                Rules.aboutActors(settings, DecisionTrace.NONE),
                Objects.requireNonNull(rooms).rooms());
        Consumer<TargetProbes> failures = settings.isAnyOn(Subjects.PROBED_TARGETS.uid())
                ? probes -> context().output(FAILURES, probes)
                : probes -> {};
        return rules.hosted(failures);
    }
}
