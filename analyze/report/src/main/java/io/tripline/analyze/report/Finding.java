package io.tripline.analyze.report;

import java.util.List;

/**
 * An incident as a reader sees it. All text is plain.
 *
 * @param number its place by risk, from 1
 * @param risk 1 to 100
 * @param confidence percent
 * @param message what happened in one line
 * @param description what the rule sees
 * @param direction where the traffic went, seen from the edge of the internal networks
 * @param state whether it had ended when the captures did
 * @param evidence figures
 * @param openPorts services of the target that answered
 * @param techniques how was probed, with packets
 * @param tests what was counted, against its threshold
 * @param riskParts what the risk is made of
 * @param confidenceParts what the confidence is made of
 * @param limits what makes it less sure, and what was not seen
 * @param frames first frames as evidence
 * @param filter shows these frames in Wireshark; empty where frames are of several captures
 * @param raw the alert document, indented; empty where the report has no room for it
 */
public record Finding(
        int number,
        Level level,
        int risk,
        int confidence,
        String ruleId,
        String ruleName,
        String message,
        String description,
        String source,
        String target,
        String direction,
        String start,
        String end,
        String duration,
        String state,
        List<Fact> evidence,
        List<OpenPort> openPorts,
        List<Fact> techniques,
        List<Test> tests,
        List<Fact> riskParts,
        List<Fact> confidenceParts,
        List<String> limits,
        Attack attack,
        List<Action> actions,
        String frames,
        String filter,
        String raw,
        String id) {

    /** What links lead to. */
    public String anchor() {
        return "finding-" + number;
    }

    /** A service that answered. */
    public record OpenPort(String port, String service) {}

    /** What was counted. */
    public record Test(String name, String value, String threshold) {}

    /**
     * What to do.
     *
     * @param command to paste into a shell; empty where there is none
     */
    public record Action(String title, String command) {}

    /** What it is in ATT&amp;CK; {@code url} is a page of attack.mitre.org, or empty. */
    public record Attack(String tactic, String id, String name, String url) {}
}
