package io.tripline.rules.probe;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.probe.distributedscan.DistributedScan;
import io.tripline.rules.probe.hostsweep.HostSweep;
import io.tripline.rules.probe.osfingerprint.OsFingerprint;
import io.tripline.rules.probe.osfingerprint.OsFingerprintRule;
import io.tripline.rules.probe.portscan.PortScan;
import io.tripline.rules.probe.slowscan.SlowScan;
import java.util.List;

/** What there is to say about the rules that find scans. */
public final class ScanRules {
    /** A scan is not yet damage: no scan is critical by itself. */
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    public static final List<RuleDescription> DESCRIPTIONS = List.of(
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
            new RuleDescription(
                    OsFingerprint.RULE,
                    "Operating system fingerprinting",
                    1,
                    "One source sends a host several kinds of packet that no program sends, to tell its operating system from the answers.",
                    AttackTechnique.HOST_INFORMATION,
                    AttackTechnique.HOST_INFORMATION,
                    Severity.MEDIUM.number(),
                    HIGH_AT_MOST,
                    OsFingerprintRule::message,
                    OsFingerprintRule::score,
                    ScanActions::of,
                    false,
                    OsFingerprintRule::fields),
            new RuleDescription(
                    DistributedScan.RULE,
                    "Distributed scan",
                    1,
                    "Several sources share the scan of one target, or one source hides among false ones.",
                    AttackTechnique.NETWORK_SERVICE_DISCOVERY,
                    AttackTechnique.SCANNING_IP_BLOCKS,
                    Severity.MEDIUM.number(),
                    HIGH_AT_MOST,
                    ScanMessage::ofDistributedScan,
                    ScanScore::ofDistributed,
                    ScanActions::ofDistributed,
                    true,
                    ScanFields::decoys));

    private ScanRules() {}
}
