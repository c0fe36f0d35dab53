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
import org.jspecify.annotations.Nullable;

/** Hosts the {@link AlertAssembler}. */
final class AlertFunction extends RichMapFunction<Finding, Alert> {
    private final AlertPolicy policy;
    private final JobGraph.Clock clock;
    private transient @Nullable AlertAssembler assembler;

    AlertFunction(AlertPolicy policy, JobGraph.Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        assembler = new AlertAssembler(
                policy, RuleCatalogue.DEFAULT, clock == JobGraph.Clock.WALL ? InstantSource.system() : null);
    }

    @Override
    public Alert map(Finding finding) {
        return Objects.requireNonNull(assembler).assemble(finding);
    }
}
