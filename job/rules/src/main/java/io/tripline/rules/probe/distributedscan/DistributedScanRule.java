package io.tripline.rules.probe.distributedscan;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.codec.BasicCodecs;
import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.probe.ScanActions;
import io.tripline.rules.probe.ScanFields;
import io.tripline.rules.probe.ScanMessage;
import io.tripline.rules.probe.ScanScore;
import io.tripline.schemas.Address;

/** The rule that finds scans of one target by several sources. */
public final class DistributedScanRule {
    /** A scan is not yet damage: no scan is critical by itself. */
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    /** Targets whose services sources try without success. */
    public static final Subject<Address, TargetProbes, DistributedScan.State> SUBJECT = new Subject<>(
            DistributedScan.UID,
            "rules about scanned targets",
            Feed.ACTORS,
            BasicCodecs.ADDRESS,
            TargetProbes.CODEC,
            SubjectState.codec(
                    "target-state", 1, new DistributedScan(DistributedScan.Settings.DEFAULT), TargetProbes.CODEC),
            (settings, parts) -> Fold.NONE,
            (settings, trace) -> new DistributedScan(settings.thresholds(DistributedScanRule.DEFINITION), trace));

    public static final SubjectRule<DistributedScan.Settings> DEFINITION = new SubjectRule<>(
            DistributedScan.Settings.DEFAULT,
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
                    ScanFields::decoys),
            SUBJECT,
            DistributedDetail.KIND);

    private DistributedScanRule() {}
}
