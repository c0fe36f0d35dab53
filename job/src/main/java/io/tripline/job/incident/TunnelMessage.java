package io.tripline.job.incident;

import io.tripline.job.detect.EchoDetail;
import io.tripline.job.detect.Finding;
import java.util.Locale;

/** Tells a tunnel in one line that a person understands. */
final class TunnelMessage {
    private TunnelMessage() {}

    /** {@code 192.0.2.1 carries data in ICMP echo to 198.51.100.9: 58 different payloads of up to 1,400 bytes in 3.2 s …}. */
    static String ofIcmp(Finding finding) {
        EchoDetail echo = echo(finding);
        String responder = finding.hostSample().isEmpty()
                ? "another host"
                : finding.hostSample().get(0).toString();
        return finding.actor() + " carries data in ICMP echo to " + responder + ": " + about(finding)
                + number(echo.payloads()) + " different payloads of up to " + number(echo.largest()) + " bytes in "
                + ScanMessage.duration(finding.lastSeen() - finding.firstSeen()) + ", " + number(echo.requests())
                + " requests, " + number(echo.replies()) + " replies"
                + (echo.bothWays()
                        ? "; " + number(echo.answersUnlike()) + " payloads only in replies"
                        : echo.replies() > 0 && echo.requests() > 0 ? "; replies repeat what was sent" : "");
    }

    static EchoDetail echo(Finding finding) {
        if (finding.detail() instanceof EchoDetail echo) {
            return echo;
        }
        throw new IllegalArgumentException(finding.rule() + ": detail " + finding.detail() + " is not about echo");
    }

    static String about(Finding finding) {
        return finding.approximate() ? "about " : "";
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
