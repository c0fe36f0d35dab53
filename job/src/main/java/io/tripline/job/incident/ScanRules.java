package io.tripline.job.incident;

import io.tripline.job.detect.HostSweep;
import io.tripline.job.detect.PortScan;
import java.util.List;

/** What there is to say about the rules that find scans. */
final class ScanRules {
    /** A scan is not yet damage: no scan is critical by itself. */
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    static final List<RuleDescription> DESCRIPTIONS = List.of(
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
                    RuleDescription.EvidenceWriter.NONE),
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
                    RuleDescription.EvidenceWriter.NONE));

    private ScanRules() {}
}
