package io.tripline.rules.spoof;

import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.alert.Score;
import io.tripline.rules.alert.Score.Part;
import io.tripline.rules.incident.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Weighs claims of others' addresses.
 *
 * <p>Being told to two hosts as each other's address adds 40: only who wants to be between them does it. Unasked claims of an address whose
 * holder was seen add 15, and if it is the gateway's or there are several holders, 25 more. Where no holder was seen, repeated claims add 14:
 * a tap that shows replies but no questions may be the reason. Denying addresses to newcomers adds 20. Two devices that answer for the same
 * address are most often one host with two interfaces, or a mistake: 10 less. Many addresses announced at once may be a fail-over.
 */
final class SpoofScore {
    private SpoofScore() {}

    static Score of(RuleDescription rule, Case situation) {
        Finding finding = situation.finding();
        if (!(finding.detail() instanceof ClaimEvidence evidence)) {
            throw new IllegalArgumentException("detail: " + finding.detail() + ", must be claims of addresses");
        }
        Set<SpoofSign> signs = evidence.signs();
        boolean between = signs.contains(SpoofSign.BETWEEN);
        boolean held = signs.contains(SpoofSign.TOLD) || signs.contains(SpoofSign.DISPUTED);
        boolean several = evidence.owners() > 1;
        List<Part> risk = new ArrayList<>();
        risk.add(new Part(rule.id(), rule.baseRisk()));
        add(risk, between, "between two hosts", 40);
        add(risk, held, "against the holder", 15);
        add(risk, (between || held) && evidence.gateway(), "the gateway's address", 25);
        add(risk, held && several, "addresses of several devices", 25);
        add(risk, !held && !between && several, "addresses of several devices", 14);
        add(risk, signs.contains(SpoofSign.ONE_WAY), "repeated unasked", 14);
        add(risk, signs.contains(SpoofSign.DENIED), "denies addresses to newcomers", 20);
        add(risk, signs.equals(Set.of(SpoofSign.SHARED)), "both answer when asked", -10);
        add(risk, finding.approximate(), "counts estimated", -4);
        List<Part> confidence = new ArrayList<>();
        confidence.add(new Part("thresholds passed", 60));
        add(confidence, between, "nobody else does so", 35);
        add(confidence, held, "the holder was seen", 20);
        add(confidence, several, "addresses of several devices", 15);
        add(confidence, signs.equals(Set.of(SpoofSign.SHARED)), "may be one host with two interfaces", -30);
        add(confidence, finding.approximate(), "counts estimated", -10);
        return Score.of(risk, rule.highestRisk(), confidence);
    }

    private static void add(List<Part> parts, boolean applies, String why, int points) {
        if (applies) {
            parts.add(new Part(why, points));
        }
    }
}
