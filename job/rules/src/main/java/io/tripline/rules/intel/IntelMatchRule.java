package io.tripline.rules.intel;

import io.tripline.rules.alert.Action;
import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.AttackTechnique.Entry;
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
import io.tripline.rules.network.Service;
import io.tripline.schemas.SafeText;
import io.tripline.schemas.alert.RuleEvidence;
import io.tripline.schemas.alert.RuleEvidenceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What there is to say about contact with what is listed.
 *
 * <p>Risk: 73 (high) where a host reached a listed address and was answered, 47 (medium) where it tried or asked for a listed name, 47 where a listed address
 * began and was answered, 21 (low) where it got no answer.
 */
public final class IntelMatchRule {
    private static final AttackTechnique COMMAND_AND_CONTROL = new AttackTechnique(
            new Entry("TA0011", "Command and Control", "https://attack.mitre.org/tactics/TA0011/"),
            new Entry("T1071", "Application Layer Protocol", "https://attack.mitre.org/techniques/T1071/"),
            null);
    private static final int ANSWERED = 26;
    private static final long MUCH = 1_000_000;

    /** Contacts with what is listed; the lists are in the settings. */
    public static final Subject<IntelKey, IntelContact, IntelMatch.State> SUBJECT = new Subject<>(
            IntelMatch.UID,
            "rule about listed addresses and domains",
            Feed.RECORDS,
            IntelKey.CODEC,
            IntelContact.CODEC,
            SubjectState.codec("intel-state", 1, new IntelMatch(IntelMatch.Settings.DEFAULT), IntelContact.CODEC),
            (settings, parts) -> new IntelFold(settings.given(IntelIndex.class), parts),
            (settings, trace) -> new IntelMatch(settings.thresholds(IntelMatchRule.DEFINITION), trace));

    public static final SubjectRule<IntelMatch.Settings> DEFINITION = new SubjectRule<>(
            IntelMatch.Settings.DEFAULT,
            new RuleDescription(
                    IntelMatch.RULE,
                    "Contact with a listed address or domain",
                    1,
                    "A host exchanged packets with an address, or asked for a domain, that is on a list in the settings.",
                    COMMAND_AND_CONTROL,
                    AttackTechnique.SCANNING_IP_BLOCKS,
                    Severity.LOW.number(),
                    Severity.CRITICAL.number() - 1,
                    IntelMatchRule::message,
                    IntelMatchRule::score,
                    IntelMatchRule::actions,
                    false,
                    IntelMatchRule::fields),
            List.of(SUBJECT),
            List.of(IntelEvidence.KIND),
            settings ->
                    settings.given(IntelIndex.class).isEmpty() ? "no list is set for rule " + IntelMatch.RULE : null);

    private IntelMatchRule() {}

    private static IntelEvidence evidence(Finding finding) {
        if (finding.detail() instanceof IntelEvidence evidence) {
            return evidence;
        }
        throw new IllegalArgumentException("finding of " + finding.rule() + " has no intel evidence");
    }

    private static String message(Finding finding) {
        IntelEvidence evidence = evidence(finding);
        String listed = "listed by " + evidence.subject().list().name() + " ("
                + evidence.subject().list().kind() + ")";
        String entry = evidence.subject().entry();
        String out = String.format(Locale.ROOT, "%,d bytes sent", evidence.bytesOut());
        String in = String.format(Locale.ROOT, "%,d received", evidence.bytesIn());
        if (evidence.subject().begunByListed()) {
            String as = entry.equals(finding.actor().toString()) ? "" : " as " + entry;
            return finding.actor() + ", " + listed + as + ", came to "
                    + (finding.hosts() == 1 ? "" + finding.hostSample().get(0) : finding.hosts() + " hosts")
                    + (evidence.established() ? " and was answered: " + out + ", " + in : ", none answered");
        }
        if (evidence.domain()) {
            return finding.actor() + " asked for " + evidence.names().get(0) + ", " + listed + " as " + entry
                    + (evidence.established() ? ": the name was answered" : ": no answer seen");
        }
        return finding.actor() + (evidence.established() ? " reached " : " tried to reach ") + entry + ", " + listed
                + (evidence.established() ? ": " + out + ", " + in : ", no answer seen");
    }

    private static Score score(RuleDescription rule, Case contact) {
        IntelEvidence evidence = evidence(contact.finding());
        boolean began = !evidence.subject().begunByListed();
        List<Part> risk = new ArrayList<>(List.of(new Part(rule.id(), rule.baseRisk())));
        if (began) {
            risk.add(new Part("own host began", ANSWERED));
        }
        if (evidence.established() && !(began && evidence.domain())) {
            risk.add(new Part("contact established", ANSWERED));
        } else if (evidence.established()) {
            risk.add(new Part("name answered", 10));
        }
        if (began && evidence.established() && evidence.bytesOut() > MUCH) {
            risk.add(new Part("more than 1 MB sent", 10));
        }
        List<Part> confidence = new ArrayList<>(List.of(new Part("listed", 70)));
        if (evidence.established()) {
            confidence.add(new Part("answered, so the address is no forgery", 20));
        }
        return Score.of(risk, rule.highestRisk(), confidence);
    }

    private static List<Action> actions(Case contact) {
        Finding finding = contact.finding();
        IntelEvidence evidence = evidence(finding);
        List<Action> actions = new ArrayList<>();
        String entry = evidence.subject().entry();
        if (evidence.subject().begunByListed()) {
            actions.add(new Action("Block " + entry + " at the edge if nothing needs it", block("saddr", entry)));
            if (evidence.established()) {
                String services = String.join(
                        ", ",
                        finding.serviceSample().stream()
                                .limit(10)
                                .map(Service::text)
                                .toList());
                actions.add(
                        new Action("Check whether what answered should be reachable from there: " + services, null));
            }
            return actions;
        }
        actions.add(new Action(
                "Find out which program on " + finding.actor() + " wanted " + entry
                        + ", and isolate the host if nobody can explain it",
                null));
        actions.add(
                evidence.domain()
                        ? new Action("Block " + entry + " at your resolvers, and look there for who else asked", null)
                        : new Action("Block " + entry + " at the edge", block("daddr", entry)));
        return actions;
    }

    /** The entry is an address or a network in our own notation. */
    private static String block(String end, String entry) {
        return "nft 'add table inet tripline; "
                + "add chain inet tripline block { type filter hook prerouting priority -300; }; "
                + "add rule inet tripline block " + (entry.indexOf(':') < 0 ? "ip " : "ip6 ") + end + " " + entry
                + " counter drop'";
    }

    private static RuleEvidence fields(Finding finding) {
        IntelEvidence evidence = evidence(finding);
        return new RuleEvidenceBuilder()
                .intel(new RuleEvidence.Intel(
                        evidence.subject().list().name(),
                        evidence.subject().list().kind(),
                        evidence.subject().entry(),
                        evidence.subject().begunByListed() ? "listed" : "host",
                        evidence.established(),
                        evidence.tries(),
                        evidence.packetsOut(),
                        evidence.bytesOut(),
                        evidence.packetsIn(),
                        evidence.bytesIn(),
                        evidence.names().stream()
                                .map(name -> SafeText.of(name, 255))
                                .toList()))
                .build();
    }
}
