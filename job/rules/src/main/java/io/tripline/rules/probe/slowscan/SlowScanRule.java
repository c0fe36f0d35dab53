package io.tripline.rules.probe.slowscan;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.probe.ActorRule;
import io.tripline.rules.probe.ScanActions;
import io.tripline.rules.probe.ScanFields;
import io.tripline.rules.probe.ScanMessage;
import io.tripline.rules.probe.ScanScore;
import io.tripline.rules.probe.ToolHint;

/** The rule that finds scans too slow for a minute. */
public final class SlowScanRule {
    /** A scan is not yet damage: no scan is critical by itself. */
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    public static final ActorRule<SlowScan.Settings> DEFINITION = new ActorRule<>(
            SlowScan.Settings.DEFAULT,
            SlowScan::new,
            new RuleDescription(
                    SlowScan.RULE,
                    "Slow scan",
                    1,
                    "One source tries services so slowly that no minute shows it, and most do not answer.",
                    AttackTechnique.NETWORK_SERVICE_DISCOVERY,
                    AttackTechnique.SCANNING_IP_BLOCKS,
                    Severity.MEDIUM.number(),
                    HIGH_AT_MOST,
                    ScanMessage::ofSlowScan,
                    ScanScore::of,
                    ScanActions::of,
                    false,
                    ScanFields::tool),
            ToolHint.KIND);

    private SlowScanRule() {}
}
