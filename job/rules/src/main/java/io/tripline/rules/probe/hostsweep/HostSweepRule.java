package io.tripline.rules.probe.hostsweep;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.probe.ActorRule;
import io.tripline.rules.probe.ScanActions;
import io.tripline.rules.probe.ScanFields;
import io.tripline.rules.probe.ScanMessage;
import io.tripline.rules.probe.ScanScore;
import io.tripline.rules.probe.ToolHint;

/** The rule that finds sweeps over hosts. */
public final class HostSweepRule {
    /** A scan is not yet damage: no scan is critical by itself. */
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    public static final ActorRule<HostSweep.Settings> DEFINITION = new ActorRule<>(
            HostSweep.Settings.DEFAULT,
            HostSweep::new,
            new RuleDescription(
                    HostSweep.RULE,
                    "Host sweep",
                    1,
                    "One source tries one service, ICMP, ARP or neighbour solicitation on many hosts, and too many do not answer.",
                    AttackTechnique.REMOTE_SYSTEM_DISCOVERY,
                    AttackTechnique.SCANNING_IP_BLOCKS,
                    40,
                    HIGH_AT_MOST,
                    ScanMessage::ofHostSweep,
                    ScanScore::of,
                    ScanActions::of,
                    false,
                    ScanFields::tool),
            ToolHint.KIND);

    private HostSweepRule() {}
}
