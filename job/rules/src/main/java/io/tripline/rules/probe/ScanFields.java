package io.tripline.rules.probe;

import io.tripline.rules.alert.DocumentAssembler;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.distributedscan.DistributedDetail;
import io.tripline.schemas.SafeText;
import io.tripline.schemas.alert.RuleEvidence;
import io.tripline.schemas.alert.RuleEvidenceBuilder;

/** What alerts about scans have besides what all have. */
public final class ScanFields {
    private ScanFields() {}

    /** The likely tool and what speaks for it, where anything does. */
    public static RuleEvidence tool(Finding finding) {
        return finding.detail() instanceof ToolHint hint
                ? new RuleEvidenceBuilder()
                        .tool(tool(hint.name(), hint.reason()))
                        .build()
                : RuleEvidence.NONE;
    }

    public static RuleEvidence.Tool tool(String name, String reason) {
        return new RuleEvidence.Tool(SafeText.of(name, 64), SafeText.of(reason, DocumentAssembler.TEXT_LENGTH));
    }

    /** Whether most sources are decoys. */
    public static RuleEvidence decoys(Finding finding) {
        return finding.detail() instanceof DistributedDetail detail
                ? new RuleEvidenceBuilder().decoys(detail.decoys()).build()
                : RuleEvidence.NONE;
    }
}
