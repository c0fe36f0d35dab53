package io.tripline.rules.ratelimit;

import io.tripline.rules.alert.Action;
import io.tripline.rules.alert.CaptureTime;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.alert.Score;
import io.tripline.rules.alert.Score.Part;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.alert.RuleEvidence;
import io.tripline.schemas.alert.RuleEvidenceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rule that holds sources to limits of the user's own. */
public final class RateLimitRule {
    /** Sources under a limit. */
    public static final Subject<LimitKey, LimitCount, LimitState> SUBJECT = new Subject<>(
            RateLimit.UID,
            "rules about limits",
            Feed.RECORDS,
            LimitKey.CODEC,
            LimitCount.CODEC,
            SubjectState.codec("limit-state", 1, new RateLimit(RateLimit.Settings.DEFAULT), LimitCount.CODEC),
            (settings, parts) ->
                    new LimitFold(settings.thresholds(RateLimitRule.DEFINITION).limits(), parts),
            (settings, trace) -> new RateLimit(settings.thresholds(RateLimitRule.DEFINITION), trace),
            RateLimit.MOST);

    public static final SubjectRule<RateLimit.Settings> DEFINITION = new SubjectRule<>(
            RateLimit.Settings.DEFAULT,
            new RuleDescription(
                    RateLimit.RULE,
                    "Rate limit",
                    1,
                    "A source sends, asks or begins more within a time than a limit in the settings allows.",
                    null,
                    null,
                    Severity.MEDIUM.number(),
                    Severity.CRITICAL.number(),
                    RateLimitRule::message,
                    RateLimitRule::score,
                    RateLimitRule::actions,
                    false,
                    RateLimitRule::fields),
            List.of(SUBJECT),
            List.of(LimitEvidence.KIND),
            settings -> settings.thresholds(RateLimitRule.DEFINITION).limits().isEmpty()
                    ? "no limit is set for rule " + RateLimit.RULE
                    : null);

    private RateLimitRule() {}

    private static LimitEvidence evidence(Finding finding) {
        if (finding.detail() instanceof LimitEvidence evidence) {
            return evidence;
        }
        throw new IllegalArgumentException("finding of " + finding.rule() + " has no evidence of a limit");
    }

    private static boolean isSingle(LimitEvidence evidence) {
        return evidence.network().length() == (evidence.network().network().isIpv4() ? 32 : 128);
    }

    private static String source(LimitEvidence evidence) {
        return isSingle(evidence)
                ? evidence.network().network().toString()
                : evidence.network().toString();
    }

    /** {@code 10.1.2.3 sent 240 DNS queries within 60 s: limit dns-per-minute allows 100}. */
    private static String message(Finding finding) {
        LimitEvidence evidence = evidence(finding);
        return String.format(
                Locale.ROOT,
                "%s %s %,d %s within %d s: limit %s allows %,d",
                source(evidence),
                evidence.count().verb(),
                evidence.seen(),
                evidence.count().plural(),
                evidence.windowSeconds(),
                evidence.limit(),
                evidence.above());
    }

    /** The user said how much it matters; that the number was passed is certain, but for what a sender's name is worth. */
    private static Score score(RuleDescription rule, Case situation) {
        LimitEvidence evidence = evidence(situation.finding());
        List<Part> risk = List.of(
                new Part("limit " + evidence.limit(), evidence.severity().number()));
        return Score.of(risk, rule.highestRisk(), List.of(new Part("counted packets", 90)));
    }

    private static List<Action> actions(Case situation) {
        LimitEvidence evidence = evidence(situation.finding());
        List<Action> actions = new ArrayList<>();
        actions.add(new Action(
                "Find out which program on " + source(evidence) + " did this, and whether anybody meant it to", null));
        actions.add(new Action(
                "If nobody can explain it, stop the source at the gateway while you look",
                "nft 'add table inet tripline; "
                        + "add chain inet tripline block { type filter hook prerouting priority -300; }; "
                        + "add rule inet tripline block "
                        + (evidence.network().network().isIpv4() ? "ip" : "ip6")
                        + " saddr " + source(evidence) + " counter drop'"));
        actions.add(new Action(
                "If it is as it should be, raise limit " + evidence.limit()
                        + " or write an exception with owner, reason and expiry",
                null));
        return actions;
    }

    private static RuleEvidence fields(Finding finding) {
        LimitEvidence evidence = evidence(finding);
        return new RuleEvidenceBuilder()
                .limit(new RuleEvidence.Limit(
                        evidence.limit(),
                        evidence.count().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        evidence.above(),
                        evidence.windowSeconds(),
                        evidence.network().toString(),
                        evidence.seen(),
                        CaptureTime.text(CaptureTime.of(evidence.busiestEnd(), finding.clockShift())),
                        evidence.top().stream()
                                .map(target ->
                                        new RuleEvidence.Target(target.target().toString(), target.count()))
                                .toList()))
                .build();
    }
}
