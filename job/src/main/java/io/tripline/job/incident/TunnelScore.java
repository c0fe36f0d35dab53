package io.tripline.job.incident;

import io.tripline.job.detect.EchoDetail;
import io.tripline.job.detect.Finding;
import io.tripline.job.incident.RuleDescription.Case;
import io.tripline.job.incident.Score.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Weighs a tunnel. Risk starts at medium. An internal source adds 12, since it is likely compromised; data in both directions 18, a volume of
 * 10 kB 6, more answers than questions 4. What only goes one way and comes back unchanged stays medium: a monitor that fills echo with random
 * bytes looks the same.
 */
final class TunnelScore {
    private static final int MUCH = 10_000;
    private static final int STRONG = 80;

    private TunnelScore() {}

    static Score ofIcmp(RuleDescription rule, Case situation) {
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

    static void add(List<Part> parts, boolean applies, String why, int points) {
        if (applies) {
            parts.add(new Part(why, points));
        }
    }
}
