package io.tripline.rules.probe.bruteforce;

import io.tripline.rules.alert.Action;
import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.alert.Score;
import io.tripline.rules.alert.Score.Part;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.network.Service;
import io.tripline.rules.probe.ActorRule;
import io.tripline.rules.probe.ScanActions;
import io.tripline.rules.probe.ScanMessage;
import io.tripline.schemas.Address;
import io.tripline.schemas.SafeText;
import io.tripline.schemas.alert.RuleEvidence;
import io.tripline.schemas.alert.RuleEvidenceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What there is to say about the rule that finds repeated log-ins. */
public final class BruteForceRule {
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;
    private static final int MEDIUM_AT_MOST = Severity.HIGH.number() - 1;
    private static final int MANY = 100;
    private static final int VERY_MANY = 1_000;

    public static final ActorRule<BruteForce.Settings> DEFINITION = new ActorRule<>(
            BruteForce.Settings.DEFAULT,
            BruteForce::new,
            new RuleDescription(
                    BruteForce.RULE,
                    "Brute force",
                    1,
                    "One source has many short conversations with a login service, or a few with each of many targets.",
                    AttackTechnique.BRUTE_FORCE,
                    AttackTechnique.BRUTE_FORCE,
                    Severity.MEDIUM.number(),
                    HIGH_AT_MOST,
                    BruteForceRule::message,
                    BruteForceRule::score,
                    BruteForceRule::actions,
                    false,
                    BruteForceRule::fields),
            LogIns.KIND);

    private BruteForceRule() {}

    /** {@code 192.0.2.1 logged in 25 times to 22/tcp (ssh) of 198.51.100.9 in 1.17 s, 4,102 bytes each}. */
    private static String message(Finding finding) {
        LogIns logIns = logIns(finding);
        String targets = finding.hosts() == 1 && finding.hostSample().size() == 1
                ? finding.hostSample().get(0).toString()
                : ScanMessage.count(finding.hosts(), "host", "hosts");
        String services =
                finding.serviceSample().stream().limit(3).map(Service::text).collect(Collectors.joining(", "));
        return finding.actor() + " tried to log in " + ScanMessage.count(logIns.conversations(), "time", "times")
                + " to " + services + " (" + logIns.service() + ") of " + targets + ScanMessage.during(finding)
                + ", " + ScanMessage.number(each(logIns, logIns.bytesOut() + logIns.bytesIn())) + " bytes each"
                + (logIns.refused() ? ", the server hung up" : "");
    }

    /**
     * Base, 100 conversations 13, several targets 6, an internal source 6. From outside, 1,000 conversations with what people log in to add 26
     * instead: inside, scripts do that. Programs log in for each request: where it is not the server that ends the conversations, as after a failed
     * log-in, one severity less, and never more than medium.
     */
    private static Score score(RuleDescription rule, Case situation) {
        Finding finding = situation.finding();
        LogIns logIns = logIns(finding);
        long conversations = logIns.conversations();
        boolean stranger = !situation.internal() && !logIns.byPrograms();
        List<Part> risk = new ArrayList<>();
        risk.add(new Part(rule.id(), rule.baseRisk()));
        boolean veryMany = stranger && conversations >= VERY_MANY;
        add(risk, veryMany, VERY_MANY + " or more conversations", 26);
        add(risk, !veryMany && conversations >= MANY, MANY + " or more conversations", 13);
        add(risk, finding.hosts() > 1, "several targets", 6);
        add(risk, situation.internal(), "internal source", 6);
        boolean work = logIns.byPrograms() && !logIns.refused();
        add(risk, work, "programs do so for each request", -45);
        List<Part> confidence = new ArrayList<>();
        confidence.add(new Part("thresholds passed", 75));
        add(confidence, conversations >= MANY, MANY + " or more conversations", 15);
        add(confidence, logIns.bytesIn() == 0, "the server's packets not visible", -20);
        add(confidence, conversations < 30, "few conversations", -10);
        add(confidence, work, "programs do so for each request", -35);
        add(confidence, logIns.byPrograms() && !work, "the server ended the conversations", 10);
        return Score.of(risk, logIns.byPrograms() ? MEDIUM_AT_MOST : rule.highestRisk(), confidence);
    }

    private static void add(List<Part> parts, boolean applies, String why, int points) {
        if (applies) {
            parts.add(new Part(why, points));
        }
    }

    private static List<Action> actions(Case situation) {
        Finding finding = situation.finding();
        String targets =
                finding.hostSample().stream().limit(5).map(Address::toString).collect(Collectors.joining(", "));
        List<Action> actions = new ArrayList<>();
        actions.add(new Action(
                "Look in the log of " + targets + (finding.hosts() > 5 ? ", …" : "") + " for failed log-ins from "
                        + finding.actor() + ", and for one that succeeded after them",
                null));
        actions.addAll(ScanActions.block(situation));
        actions.add(new Action(
                "Let the service refuse a source after a few failures (fail2ban, MaxStartups, account lockout), and keys instead of"
                        + " passwords where it can",
                null));
        return actions;
    }

    private static RuleEvidence fields(Finding finding) {
        LogIns logIns = logIns(finding);
        return new RuleEvidenceBuilder()
                .login(new RuleEvidence.Login(
                        SafeText.of(logIns.service(), 64),
                        logIns.conversations(),
                        logIns.hungUp(),
                        each(logIns, logIns.bytesOut()),
                        each(logIns, logIns.bytesIn())))
                .build();
    }

    private static long each(LogIns logIns, long bytes) {
        return bytes / Math.max(1, logIns.conversations());
    }

    private static LogIns logIns(Finding finding) {
        return finding.detail() instanceof LogIns logIns ? logIns : new LogIns("", 0, 0, false, false, 0, 0);
    }
}
