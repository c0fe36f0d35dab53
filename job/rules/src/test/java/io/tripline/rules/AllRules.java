package io.tripline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.alert.Alert;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.List;

/** Plays what a sensor tells to all rules at once, about actors and about every other kind of subject; in the end nothing may be left. */
public final class AllRules {
    private AllRules() {}

    /** The alerts with which incidents close. */
    public static List<Alert> alerts(List<PacketBatch> batches) {
        List<Alert> alerts = new ArrayList<>();
        LocalAlerts incidents = new LocalAlerts(JobSettings.DEFAULT, alerts::add);
        LocalRules rules = new LocalRules(JobSettings.DEFAULT, incidents::add);
        batches.forEach(rules::add);
        rules.finish();
        rules.shard()
                .hosts()
                .forEach((uid, host) -> assertThat(host.size()).as(uid).isZero());
        return alerts.stream()
                .filter(alert -> alert.stage() == Finding.Stage.CLOSED)
                .toList();
    }
}
