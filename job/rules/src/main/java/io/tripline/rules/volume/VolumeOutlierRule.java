package io.tripline.rules.volume;

import io.tripline.rules.alert.Action;
import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.AttackTechnique.Entry;
import io.tripline.rules.alert.Direction;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.alert.Score;
import io.tripline.rules.alert.Score.Part;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.codec.BasicCodecs;
import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.ScanMessage;
import io.tripline.rules.traffic.SegmentVolumes;
import io.tripline.schemas.alert.RuleEvidence;
import io.tripline.schemas.alert.RuleEvidenceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rule that finds unusual volumes. */
public final class VolumeOutlierRule {
    private static final String SITE = "https://attack.mitre.org/";
    private static final AttackTechnique EXFILTRATION = new AttackTechnique(
            new Entry("TA0010", "Exfiltration", SITE + "tactics/TA0010/"),
            new Entry("T1048", "Exfiltration Over Alternative Protocol", SITE + "techniques/T1048/"),
            null);
    private static final AttackTechnique TOOL_TRANSFER = new AttackTechnique(
            new Entry("TA0011", "Command and Control", SITE + "tactics/TA0011/"),
            new Entry("T1105", "Ingress Tool Transfer", SITE + "techniques/T1105/"),
            null);

    /** So many active minutes make a baseline that is worth more than the first few. */
    private static final int LONG_BASELINE = 30;

    private static final int VERY_MANY_TIMES = 100;

    /** Network segments by what they carry. */
    public static final Subject<String, SegmentVolumes, VolumeState> SUBJECT = new Subject<>(
            VolumeOutlier.UID,
            "rules about volume",
            Feed.TRAFFIC,
            BasicCodecs.NAME,
            SegmentVolumes.CODEC,
            SubjectState.codec(
                    "volume-state", 1, new VolumeOutlier(VolumeOutlier.Settings.DEFAULT), SegmentVolumes.CODEC),
            (settings, parts) -> Fold.NONE,
            (settings, trace) -> new VolumeOutlier(settings.thresholds(VolumeOutlierRule.DEFINITION), trace));

    public static final SubjectRule<VolumeOutlier.Settings> DEFINITION = new SubjectRule<>(
            VolumeOutlier.Settings.DEFAULT,
            new RuleDescription(
                    VolumeOutlier.RULE,
                    "Volume outlier",
                    1,
                    "A source sends far more, beyond what comes back to it, than it did in its minutes before and than other sources do in the same"
                            + " minute.",
                    EXFILTRATION,
                    TOOL_TRANSFER,
                    Severity.MEDIUM.number(),
                    Severity.HIGH.number() - 1,
                    VolumeOutlierRule::message,
                    VolumeOutlierRule::score,
                    VolumeOutlierRule::actions,
                    false,
                    VolumeOutlierRule::fields),
            SUBJECT,
            VolumeEvidence.KIND);

    private VolumeOutlierRule() {}

    /** {@code 10.50.0.105 sent 4.1 MB in 12.4 s to 10.50.0.10, 811 times the median of 12 other sources}. */
    private static String message(Finding finding) {
        StringBuilder text = new StringBuilder(finding.actor().toString());
        text.append(" sent ").append(size(finding.bytes()));
        if (!(finding.detail() instanceof VolumeEvidence evidence)) {
            return text.toString();
        }
        if (!evidence.inBytes()) {
            text.append(String.format(Locale.ROOT, " in %,d packets", finding.packets()));
        }
        text.append(" in ").append(ScanMessage.duration(finding.lastSeen() - finding.firstSeen()));
        text.append(targets(finding));
        if (finding.bytes() > evidence.bytes()) {
            text.append(", in its busiest minute ")
                    .append(evidence.inBytes() ? size(evidence.bytes()) : number(evidence.packets(), "packets"));
        }
        if (evidence.total()) {
            return text.append(": more packets than it is allowed in all").toString();
        }
        if (evidence.ownMinutes() > 0) {
            text.append(times(evidence.timesOwn()))
                    .append("its own median of ")
                    .append(evidence.inBytes() ? size(evidence.own()) : number(evidence.own(), "packets"))
                    .append(" a minute over ")
                    .append(evidence.ownMinutes())
                    .append(" minutes");
        }
        if (evidence.others() > 0) {
            text.append(times(evidence.timesOthers()))
                    .append("the median of ")
                    .append(evidence.others())
                    .append(" other sources");
        }
        return text.toString();
    }

    private static String targets(Finding finding) {
        if (finding.hosts() == 1) {
            return " to " + finding.hostSample().get(0);
        }
        return finding.hosts() > 1 ? " to " + finding.hosts() + " hosts" : "";
    }

    private static String times(long times) {
        return String.format(Locale.ROOT, ", %,d times ", times);
    }

    private static String number(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s", count, what);
    }

    /** Bytes in decimal units, one digit after the point where there is a unit. */
    static String size(long bytes) {
        String[] units = {" bytes", " KB", " MB", " GB", " TB", " PB", " EB"};
        long rest = bytes;
        int unit = 0;
        long tenths = 0;
        while (rest >= 1_000 && unit < units.length - 1) {
            tenths = rest % 1_000 / 100;
            rest /= 1_000;
            unit++;
        }
        return rest + (unit > 0 && rest < 100 ? "." + tenths : "") + units[unit];
    }

    /**
     * Medium where data leave, and never more: a copy at night to a provider of storage passes any baseline, too. Inside, and from outside in, it
     * is low: backups do so.
     */
    private static Score score(RuleDescription rule, Case situation) {
        Finding finding = situation.finding();
        List<Part> risk = new ArrayList<>(List.of(new Part(rule.id(), rule.baseRisk())));
        List<Part> confidence = new ArrayList<>(List.of(new Part("far above others or itself", 60)));
        boolean leaves = situation.direction() == Direction.OUTBOUND;
        if (finding.detail() instanceof VolumeEvidence evidence) {
            boolean ownKnown = evidence.ownMinutes() > 0;
            boolean longKnown = evidence.ownMinutes() >= LONG_BASELINE;
            boolean manyTimes = ownKnown && evidence.timesOwn() >= VERY_MANY_TIMES;
            add(risk, leaves && ownKnown, "own baseline passed", 8);
            add(risk, leaves && longKnown, "baseline of half an hour or more", 8);
            add(risk, leaves && manyTimes, VERY_MANY_TIMES + " times its own median or more", 10);
            add(risk, evidence.total(), "a limit of packets alone", -Severity.STEP);
            add(confidence, ownKnown, "own baseline known", 15);
            add(confidence, longKnown, "baseline of half an hour or more", 10);
            add(confidence, evidence.others() > 0, "above the others too", 10);
            add(confidence, !ownKnown, "its own usual volume is not known yet", -20);
        }
        boolean inward = situation.direction() == Direction.INTERNAL || situation.direction() == Direction.INBOUND;
        add(risk, inward, "nothing leaves the internal networks", -Severity.STEP);
        return Score.of(risk, rule.highestRisk(), confidence);
    }

    private static void add(List<Part> parts, boolean applies, String why, int points) {
        if (applies) {
            parts.add(new Part(why, points));
        }
    }

    private static List<Action> actions(Case situation) {
        Finding finding = situation.finding();
        List<Action> actions = new ArrayList<>();
        actions.add(new Action(
                "Find out which program on " + finding.actor()
                        + " sent this, and whether anybody meant it to: a backup, a synchronisation, an" + " upload",
                null));
        if (finding.hosts() == 1 && situation.direction() == Direction.OUTBOUND) {
            String target = finding.hostSample().get(0).toString();
            String family = finding.hostSample().get(0).isIpv4() ? "ip" : "ip6";
            String from = finding.actor().isIpv4() ? "ip" : "ip6";
            actions.add(new Action(
                    "If nobody can explain it, stop it at the gateway and keep what the disk shows",
                    "nft 'add table inet tripline; "
                            + "add chain inet tripline block { type filter hook prerouting priority -300; }; "
                            + "add rule inet tripline block " + from + " saddr " + finding.actor() + " " + family
                            + " daddr "
                            + target + " counter drop'"));
        }
        actions.add(new Action(
                "Where it is known, write an exception with owner, reason and expiry for this source and target",
                null));
        return actions;
    }

    private static RuleEvidence fields(Finding finding) {
        if (!(finding.detail() instanceof VolumeEvidence evidence)) {
            return RuleEvidence.NONE;
        }
        boolean own = evidence.ownMinutes() > 0;
        boolean others = evidence.others() > 0;
        return new RuleEvidenceBuilder()
                .volume(new RuleEvidence.Volume(
                        evidence.packets(),
                        evidence.bytes(),
                        evidence.inBytes() ? "bytes" : "packets",
                        own ? (Long) evidence.own() : null,
                        own ? (Long) (long) evidence.ownMinutes() : null,
                        own ? (Long) evidence.timesOwn() : null,
                        others ? (Long) (long) evidence.others() : null,
                        others ? (Long) evidence.othersMedian() : null,
                        others ? (Long) evidence.timesOthers() : null))
                .build();
    }
}
