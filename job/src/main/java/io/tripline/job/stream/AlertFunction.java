package io.tripline.job.stream;

import io.tripline.job.detect.Finding;
import io.tripline.job.incident.Alert;
import io.tripline.job.incident.AlertAssembler;
import io.tripline.job.incident.AlertPolicy;
import io.tripline.job.incident.RuleCatalogue;
import io.tripline.schemas.SensorName;
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
    /** What keeps the alert about a probe from being raised. */
    static final String PROBE = "probe";

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
        metrics = new AlertMetrics(context, getRuntimeContext().getMetricGroup(), clock == JobGraph.Clock.WALL);
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
        AlertMetrics counts = Objects.requireNonNull(metrics);
        if (isProbe(finding)) {
            counts.addProbe(finding);
            return alert.allowedBy(PROBE);
        }
        counts.add(alert, finding);
        return alert;
    }

    /** Whether nobody but a sensor's own probe was seen. Who is on the wire cannot give himself out for one: he is seen by a sensor. */
    private static boolean isProbe(Finding finding) {
        return !finding.sensors().isEmpty()
                && finding.sensors().keySet().stream().allMatch(SensorName::isProbe);
    }
}
