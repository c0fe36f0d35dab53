package io.tripline.job.stream;

import io.tripline.job.detect.Finding;
import io.tripline.job.incident.Alert;
import io.tripline.job.incident.AlertAssembler;
import io.tripline.job.incident.RuleCatalogue;
import io.tripline.job.incident.Zones;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/** Hosts the {@link AlertAssembler}. */
final class AlertFunction extends RichMapFunction<Finding, Alert> {
    private transient @Nullable AlertAssembler assembler;

    @Override
    public void open(OpenContext context) {
        assembler = new AlertAssembler(Zones.DEFAULT, RuleCatalogue.DEFAULT);
    }

    @Override
    public Alert map(Finding finding) {
        return Objects.requireNonNull(assembler).assemble(finding);
    }
}
