package io.tripline.rules.probe.distributedscan;

import io.tripline.rules.engine.LocalHost;
import io.tripline.rules.engine.TestHosts;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.flood.Floods;
import io.tripline.rules.flood.Inflow;
import io.tripline.rules.flood.InflowFold;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.List;

/** Plays what a sensor tells to the rules about targets without any engine; afterwards nothing may be left. */
public final class TargetRules {
    private TargetRules() {}

    /** All findings of the default rules. */
    public static List<Finding> findings(List<PacketBatch> batches) {
        return findings(batches, Floods.defaults());
    }

    public static List<Finding> findings(List<PacketBatch> batches, Floods rules) {
        List<Finding> findings = new ArrayList<>();
        LocalHost<Address, Inflow, ?> targets = TestHosts.of(rules, findings::add);
        InflowFold fold = new InflowFold(targets::add);
        batches.forEach(fold::add);
        fold.flush();
        TestHosts.end(targets);
        return findings;
    }

    /** The findings with which incidents close. */
    public static List<Finding> closed(Wire wire) {
        return findings(wire.batches()).stream()
                .filter(finding -> finding.stage() == Stage.CLOSED)
                .toList();
    }
}
