package io.tripline.rules.spoof;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.engine.SubjectState;

/** The rule that finds claims of others' addresses. */
public final class ArpSpoofRule {
    /** Network segments, by who claims which address. */
    public static final Subject<Segment, SegmentSecond, SegmentHistory> SUBJECT = new Subject<>(
            ArpSpoof.UID,
            "rules about segments",
            Feed.RECORDS,
            Segment.CODEC,
            SegmentSecond.CODEC,
            SubjectState.codec("segment-state", 1, new ArpSpoof(ArpSpoof.Settings.DEFAULT), SegmentSecond.CODEC),
            (settings, parts) -> new SegmentFold(parts),
            (settings, trace) -> new ArpSpoof(settings.thresholds(ArpSpoofRule.DEFINITION), trace));

    public static final SubjectRule<ArpSpoof.Settings> DEFINITION = new SubjectRule<>(
            ArpSpoof.Settings.DEFAULT,
            new RuleDescription(
                    ArpSpoof.RULE,
                    "ARP or neighbour discovery spoofing",
                    1,
                    "A device claims addresses of others on its segment by ARP or IPv6 neighbour discovery, so that traffic meant for them comes to it.",
                    AttackTechnique.ARP_CACHE_POISONING,
                    AttackTechnique.ARP_CACHE_POISONING,
                    35,
                    Severity.CRITICAL.number() - 1,
                    SpoofMessage::of,
                    SpoofScore::of,
                    SpoofActions::of,
                    false,
                    SpoofFields::of),
            SUBJECT,
            ClaimEvidence.KIND);

    private ArpSpoofRule() {}
}
