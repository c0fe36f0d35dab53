package io.tripline.rules.probe;

import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.alert.Score;
import io.tripline.rules.alert.Score.Part;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Techniques;
import io.tripline.rules.network.Service;
import io.tripline.rules.probe.hostsweep.HostSweepTestId;
import java.util.ArrayList;
import java.util.List;

/**
 * Weighs a scan. Whole points, so that equal findings always get equal scores.
 *
 * <p>Risk starts at the rule's base. An internal source adds 12, since it is likely compromised; 100 services or hosts 8 and 500 of them 16,
 * a service found open 8, a stealth technique 18, two techniques 6 and three 10. A sequential test as the only reason takes 20, at most ten
 * failures 10 (unless packets that no ordinary program sends are among the probes), ARP and neighbour solicitation alone 10, estimated
 * counts 4. Answers that the tap does not show take 26: one severity.
 *
 * <p>Confidence is a percentage of its own: not how bad it would be, but how sure that it is a scan.
 */
public final class ScanScore {
    private static final int MANY = 100;
    private static final int VERY_MANY = 500;
    private static final int FEW_FAILURES = 10;

    private ScanScore() {}

    public static Score of(RuleDescription rule, Case scan) {
        return Score.of(risk(rule, scan), rule.highestRisk(), confidence(scan.finding()));
    }

    /** The score of a distributed scan: as of one source, and 10 more for several that work together. */
    public static Score ofDistributed(RuleDescription rule, Case scan) {
        List<Part> risk = risk(rule, scan);
        risk.add(new Part(scan.finding().sourceCount() + " sources together", 10));
        return Score.of(risk, rule.highestRisk(), confidence(scan.finding()));
    }

    private static List<Part> risk(RuleDescription rule, Case scan) {
        Finding finding = scan.finding();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(rule.id(), rule.baseRisk()));
        add(parts, scan.internal(), "internal source", 12);
        many(parts, finding.services(), "services");
        many(parts, finding.hosts(), "hosts");
        add(parts, finding.openServices().stream().anyMatch(Service::numbered), "open services found", 8);
        add(parts, Techniques.stealth(finding), "stealth technique", 18);
        int techniques = Techniques.distinct(finding);
        add(parts, techniques >= 2, techniques + " techniques", techniques >= 3 ? 10 : 6);
        add(parts, sequentialAlone(finding), "sequential test alone", -20);
        add(parts, fewFailures(finding), "few failures", -10);
        add(parts, Techniques.onLink(finding), "neighbour discovery alone", -10);
        add(parts, finding.approximate(), "counts estimated", -4);
        add(parts, !finding.answersSeen(), "answers not visible", -Severity.STEP);
        return parts;
    }

    private static List<Part> confidence(Finding finding) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("thresholds passed", 95));
        add(parts, Techniques.stealth(finding), "packets that no ordinary program sends", 4);
        add(parts, sequentialAlone(finding), "sequential test alone", -25);
        add(parts, fewFailures(finding), "few failures", -15);
        add(parts, Techniques.onLink(finding), "gateways and inventories do so too", -10);
        add(parts, finding.approximate(), "counts estimated", -10);
        add(parts, !finding.answersSeen(), "answers not visible", -35);
        return parts;
    }

    private static void many(List<Part> parts, long count, String what) {
        add(parts, count >= VERY_MANY, VERY_MANY + " or more " + what, 16);
        add(parts, count >= MANY && count < VERY_MANY, MANY + " or more " + what, 8);
    }

    private static boolean sequentialAlone(Finding finding) {
        return !finding.reasons().isEmpty()
                && finding.reasons().stream().allMatch(reason -> reason.is(HostSweepTestId.FIRST_CONTACTS));
    }

    private static boolean fewFailures(Finding finding) {
        return finding.answersSeen()
                && finding.outcomes().closed() + finding.outcomes().silent() <= FEW_FAILURES
                && !Techniques.stealth(finding);
    }

    private static void add(List<Part> parts, boolean applies, String why, int points) {
        if (applies) {
            parts.add(new Part(why, points));
        }
    }
}
