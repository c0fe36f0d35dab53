package io.tripline.job.stream;

import io.tripline.job.detect.Finding;
import io.tripline.job.incident.Alert;
import io.tripline.job.incident.AlertAssembler;
import io.tripline.job.incident.AlertPolicy;
import io.tripline.job.incident.RuleCatalogue;
import java.time.InstantSource;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.jspecify.annotations.Nullable;

/** Hosts the {@link AlertAssembler}. */
final class AlertFunction extends RichMapFunction<Finding, Alert> implements CheckpointedFunction {
    private final AlertPolicy policy;
    private final JobGraph.Clock clock;
    private transient @Nullable AlertAssembler assembler;
    private transient @Nullable AlertMetrics metrics;

    AlertFunction(AlertPolicy policy, JobGraph.Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        metrics = new AlertMetrics(context, getRuntimeContext().getMetricGroup());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        Objects.requireNonNull(metrics).store();
    }

    @Override
    public void open(OpenContext context) {
        assembler = new AlertAssembler(
                policy, RuleCatalogue.DEFAULT, clock == JobGraph.Clock.WALL ? InstantSource.system() : null);
    }

    @Override
    public Alert map(Finding finding) {
        Alert alert = Objects.requireNonNull(assembler).assemble(finding);
        Objects.requireNonNull(metrics).add(alert);
        return alert;
    }
}
