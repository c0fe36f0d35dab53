package io.tripline.rules;

import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.AlertAssembler;
import io.tripline.rules.alert.Raising;
import io.tripline.rules.alert.Standing;
import io.tripline.rules.incident.Finding;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Makes alerts of findings, with what was last found of each open incident in a hash map. */
public final class LocalAlerts {
    private final Raising raising;
    private final AlertAssembler assembler;
    private final Consumer<Alert> alerts;
    private final Map<String, Standing> open = new HashMap<>();

    /** Without a clock: equal findings give equal documents. */
    public LocalAlerts(JobSettings settings, Consumer<Alert> alerts) {
        assembler = new AlertAssembler(settings.alerts(), Rules.CATALOGUE, null);
        raising = new Raising(assembler, settings.off());
        this.alerts = alerts;
    }

    /** Tells a finding. */
    public void add(Finding finding) {
        if (Raising.isProbe(finding)) {
            alerts.accept(assembler.assemble(finding).allowedBy(Raising.PROBE));
            return;
        }
        String id = AlertAssembler.id(finding);
        Standing stands = raising.take(open.get(id), finding, alerts);
        if (stands == null) {
            open.remove(id);
        } else {
            open.put(id, stands);
        }
    }
}
