package io.tripline.rules.probe.portscan;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.probe.ActorRule;
import io.tripline.rules.probe.ScanActions;
import io.tripline.rules.probe.ScanFields;
import io.tripline.rules.probe.ScanMessage;
import io.tripline.rules.probe.ScanScore;
import io.tripline.rules.probe.ToolHint;

/** The rule that finds scans of ports. */
public final class PortScanRule {
    /** A scan is not yet damage: no scan is critical by itself. */
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    public static final ActorRule<PortScan.Settings> DEFINITION = new ActorRule<>(
            PortScan.Settings.DEFAULT,
            PortScan::new,
            new RuleDescription(
                    PortScan.RULE,
                    "Port scan",
                    1,
                    "One source probes many ports or IP protocols of a target, and most do not answer; or it mixes techniques that no"
                            + " ordinary program uses.",
                    AttackTechnique.NETWORK_SERVICE_DISCOVERY,
                    AttackTechnique.SCANNING_IP_BLOCKS,
                    Severity.MEDIUM.number(),
                    HIGH_AT_MOST,
                    ScanMessage::ofPortScan,
                    ScanScore::of,
                    ScanActions::of,
                    false,
                    ScanFields::tool),
            ToolHint.KIND);

    private PortScanRule() {}
}
