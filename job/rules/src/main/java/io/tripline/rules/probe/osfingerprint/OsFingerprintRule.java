package io.tripline.rules.probe.osfingerprint;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.alert.Score;
import io.tripline.rules.alert.Score.Part;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.ActorRule;
import io.tripline.rules.probe.OsProbe;
import io.tripline.rules.probe.ScanActions;
import io.tripline.rules.probe.ScanFields;
import io.tripline.rules.probe.ScanMessage;
import io.tripline.schemas.alert.RuleEvidence;
import io.tripline.schemas.alert.RuleEvidenceBuilder;
import java.util.ArrayList;
import java.util.List;

/** The rule that finds operating system fingerprinting: words, weight and evidence. */
public final class OsFingerprintRule {
    /** A scan is not yet damage: no scan is critical by itself. */
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    public static final ActorRule<OsFingerprint.Settings> DEFINITION = new ActorRule<>(
            OsFingerprint.Settings.DEFAULT,
            OsFingerprint::new,
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
            OsProbes.KIND);

    private static final int NMAP_KINDS = OsProbe.NULL_WITH_OPTIONS.bit()
            | OsProbe.SYN_FIN_PSH_URG.bit()
            | OsProbe.XMAS_WITH_OPTIONS.bit()
            | OsProbe.ACK_WITH_OPTIONS.bit()
            | OsProbe.ECN_SYN.bit()
            | OsProbe.SYN_TINY_WINDOW.bit();

    private OsFingerprintRule() {}

    /** {@code 192.0.2.1 asked 198.51.100.9 for its operating system by 6 kinds of odd packet in 2.50 s}. */
    private static String message(Finding finding) {
        String targets = finding.hosts() == 1 && finding.hostSample().size() == 1
                ? finding.hostSample().get(0).toString()
                : ScanMessage.count(finding.hosts(), "host", "hosts");
        return finding.actor() + " asked " + targets + " for the operating system by "
                + ScanMessage.count(kinds(finding).texts().size(), "kind", "kinds") + " of odd packet"
                + ScanMessage.during(finding);
    }

    /** Base, an internal source 12, more than four kinds 8; less than any count it says who did it, for the packets are beyond doubt. */
    private static Score score(RuleDescription rule, Case situation) {
        List<Part> risk = new ArrayList<>();
        risk.add(new Part(rule.id(), rule.baseRisk()));
        int kinds = kinds(situation.finding()).texts().size();
        if (situation.internal()) {
            risk.add(new Part("internal source", 12));
        }
        if (kinds > 4) {
            risk.add(new Part(kinds + " kinds of odd packet", 8));
        }
        List<Part> confidence = List.of(
                new Part("packets that no program sends", 85), new Part("kinds beyond two", Math.min(14, kinds * 2)));
        return Score.of(risk, rule.highestRisk(), confidence);
    }

    private static RuleEvidence fields(Finding finding) {
        OsProbes probes = kinds(finding);
        RuleEvidenceBuilder own = new RuleEvidenceBuilder().osProbes(probes.texts());
        if (Integer.bitCount(probes.bits() & NMAP_KINDS) >= 3) {
            own.tool(ScanFields.tool("nmap", "the packets of its operating system detection"));
        } else if ((probes.bits() & NMAP_KINDS) == 0) {
            own.tool(ScanFields.tool("xprobe2", "ICMP queries of several sorts"));
        }
        return own.build();
    }

    private static OsProbes kinds(Finding finding) {
        return finding.detail() instanceof OsProbes probes ? probes : new OsProbes(0);
    }
}
