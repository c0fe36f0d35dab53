package io.tripline.rules.tunnel;

import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.alert.Score;
import io.tripline.rules.alert.Score.Part;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.tunnel.dns.NameDetail;
import io.tripline.rules.tunnel.icmp.EchoDetail;
import java.util.ArrayList;
import java.util.List;

/**
 * Weighs a tunnel. Risk starts at medium. An internal source adds 12, since it is likely compromised; data in both directions 18, a volume of
 * 10 kB 6, more answers than questions 4. What only goes one way and comes back unchanged stays medium: a monitor that fills echo with random
 * bytes looks the same.
 *
 * <p>Of DNS the same: answers of 200 bytes or more in types that carry data count as data both ways, 2 kB in names as volume, such types alone 4.
 * Names that all have one length, or lie under a reputation service's domain, take 26: one severity, for either.
 */
public final class TunnelScore {
    private static final int MUCH = 10_000;
    private static final int STRONG = 80;
    private static final int ANSWERS = 200;
    private static final int MUCH_IN_NAMES = 2_000;

    private TunnelScore() {}

    public static Score ofIcmp(RuleDescription rule, Case situation) {
        Finding finding = situation.finding();
        EchoDetail echo = TunnelMessage.echo(finding);
        List<Part> risk = new ArrayList<>();
        risk.add(new Part(rule.id(), rule.baseRisk()));
        add(risk, situation.internal(), "internal source", 12);
        add(risk, echo.bothWays(), "data both ways", 18);
        add(risk, echo.bytesUp() + echo.bytesDown() >= MUCH, "10 kB or more", 6);
        add(risk, echo.requests() > 0 && echo.replies() > echo.requests() * 2, "more replies than requests", 4);
        List<Part> confidence = new ArrayList<>();
        confidence.add(new Part("threshold passed", 70));
        add(confidence, echo.points() >= STRONG, STRONG + " points or more", 15);
        add(confidence, echo.bothWays(), "replies are no copies", 10);
        add(confidence, finding.approximate(), "counts estimated", -5);
        return Score.of(risk, rule.highestRisk(), confidence);
    }

    public static Score ofDns(RuleDescription rule, Case situation) {
        Finding finding = situation.finding();
        NameDetail dns = TunnelMessage.dns(finding);
        boolean answers = dns.bytesDown() >= ANSWERS;
        List<Part> risk = new ArrayList<>();
        risk.add(new Part(rule.id(), rule.baseRisk()));
        add(risk, situation.internal(), "internal source", 12);
        add(risk, answers, "data both ways", 18);
        add(risk, dns.bytesUp() >= MUCH_IN_NAMES, "2 kB or more in names", 6);
        add(risk, dns.oddTypes(), "record types that carry data", 4);
        add(risk, dns.fixedForm(), "names of one length, as of hashes", -Severity.STEP);
        add(risk, dns.reputation(), "domain of a reputation service", -Severity.STEP);
        List<Part> confidence = new ArrayList<>();
        confidence.add(new Part("threshold passed", 70));
        add(confidence, dns.points() >= STRONG, STRONG + " points or more", 15);
        add(confidence, answers, "answers carry data", 10);
        add(confidence, dns.fixedForm() || dns.reputation(), "may be look-ups of hashes", -30);
        add(confidence, finding.approximate(), "counts estimated", -5);
        return Score.of(risk, rule.highestRisk(), confidence);
    }

    private static void add(List<Part> parts, boolean applies, String why, int points) {
        if (applies) {
            parts.add(new Part(why, points));
        }
    }
}
