package io.tripline.rules.flood;

import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.alert.Score;
import io.tripline.rules.alert.Score.Part;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.flood.connection.ConnectionFlood;
import io.tripline.rules.flood.icmp.IcmpFlood;
import io.tripline.rules.incident.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Weighs a flood. Whole points, so that equal findings always get equal scores.
 *
 * <p>Risk starts at the rule's base. 3,000 packets in a second add 12 (1,000 connections for a connection flood) and 20,000 add 18, false source
 * addresses 10, an internal source 8, a known baseline that was passed 6. One that is slow but goes on takes 14, one that an ordinary cause fits
 * as well takes 24, and answers that the tap does not show take 26, one severity: a service may be busy there and not overwhelmed. Whether ICMP and
 * completed connections are answered says nothing, so nothing is taken for these.
 */
final class FloodScore {
    private static final int FAST = 3_000;
    private static final int FAST_CONNECTIONS = 1_000;
    private static final int VIOLENT = 20_000;

    private FloodScore() {}

    static Score of(RuleDescription rule, Case flood) {
        return Score.of(risk(rule, flood), rule.highestRisk(), confidence(flood.finding()));
    }

    private static List<Part> risk(RuleDescription rule, Case situation) {
        Finding finding = situation.finding();
        FloodEvidence flood = FloodMessage.evidence(finding);
        boolean connections = finding.rule().equals(ConnectionFlood.RULE);
        int fast = connections ? FAST_CONNECTIONS : FAST;
        long peak = flood.peakPerSecond();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(rule.id(), rule.baseRisk()));
        add(parts, peak >= VIOLENT, VIOLENT + " or more a second", 18);
        add(parts, peak >= fast && peak < VIOLENT, fast + " or more a second", 12);
        add(parts, flood.spoofed(), "false source addresses", 10);
        add(parts, situation.internal() && !flood.spoofed(), "internal source", 8);
        add(parts, !flood.coldStart(), "far above the target's own median", 6);
        add(parts, flood.persistentOnly(), "slow, but it goes on", -14);
        add(parts, flood.doubtful(), "an ordinary cause fits as well", -24);
        add(parts, blind(finding), "answers not visible", -Severity.STEP);
        return parts;
    }

    private static List<Part> confidence(Finding finding) {
        FloodEvidence flood = FloodMessage.evidence(finding);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("thresholds passed", 95));
        add(parts, flood.coldStart(), "what is usual at the target is not known", -15);
        add(parts, flood.persistentOnly(), "slow", -15);
        add(parts, flood.doubtful(), "an ordinary cause fits as well", -40);
        add(parts, finding.approximate() && !flood.spoofed(), "sources estimated", -5);
        add(parts, blind(finding), "answers not visible", -20);
        return parts;
    }

    private static boolean blind(Finding finding) {
        return !finding.answersSeen()
                && !finding.rule().equals(IcmpFlood.RULE)
                && !finding.rule().equals(ConnectionFlood.RULE);
    }

    private static void add(List<Part> parts, boolean applies, String why, int points) {
        if (applies) {
            parts.add(new Part(why, points));
        }
    }
}
