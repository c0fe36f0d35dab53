package io.tripline.rules.tunnel;

import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.ScanMessage;
import io.tripline.rules.tunnel.dns.NameDetail;
import io.tripline.rules.tunnel.icmp.EchoDetail;
import io.tripline.schemas.SafeText;
import java.util.Locale;

/** Tells a tunnel in one line that a person understands. */
public final class TunnelMessage {
    private TunnelMessage() {}

    /** {@code 192.0.2.1 carries data in ICMP echo to 198.51.100.9: 58 different payloads of up to 1,400 bytes in 3.2 s …}. */
    public static String ofIcmp(Finding finding) {
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
                        : echo.replies() > 0 && echo.requests() > 0
                                ? "; " + (echo.answersUnlike() > 0 ? "nearly all " : "")
                                        + "replies repeat what was sent"
                                : "");
    }

    /** {@code 192.0.2.1 carries data in DNS under example.com: 130 different encoded names of up to 45 characters in 8 min …}. */
    public static String ofDns(Finding finding) {
        NameDetail dns = dns(finding);
        String carries = dns.reputation() || dns.fixedForm() ? " may carry data in DNS " : " carries data in DNS ";
        return finding.actor() + carries + under(dns) + ": " + about(finding) + number(dns.names())
                + " different encoded names of up to " + number(dns.longest()) + " characters in "
                + ScanMessage.duration(finding.lastSeen() - finding.firstSeen()) + ", about " + number(dns.bytesUp())
                + " bytes up" + (dns.bytesDown() > 0 ? " and " + number(dns.bytesDown()) + " down" : "")
                + (dns.reputation()
                        ? "; a reputation service"
                        : dns.fixedForm() ? "; all of one length, as look-ups of hashes are" : "");
    }

    private static String under(NameDetail dns) {
        return dns.domain().equals(".") ? "in names without a domain" : "under " + SafeText.of(dns.domain(), 253);
    }

    static NameDetail dns(Finding finding) {
        if (finding.detail() instanceof NameDetail dns) {
            return dns;
        }
        throw new IllegalArgumentException(finding.rule() + ": detail " + finding.detail() + " is not about DNS");
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
