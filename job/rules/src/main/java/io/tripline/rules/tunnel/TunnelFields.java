package io.tripline.rules.tunnel;

import io.tripline.rules.incident.Finding;
import io.tripline.rules.tunnel.dns.NameDetail;
import io.tripline.rules.tunnel.icmp.EchoDetail;
import io.tripline.schemas.SafeText;
import io.tripline.schemas.alert.RuleEvidence;
import io.tripline.schemas.alert.RuleEvidenceBuilder;
import java.util.List;

/** What a tunnel is made of: {@code tripline.tunnel}. */
public final class TunnelFields {
    private static final int LONGEST_DOMAIN = 253;
    private static final int TYPES = 16;

    private TunnelFields() {}

    public static RuleEvidence ofIcmp(Finding finding) {
        EchoDetail echo = TunnelMessage.echo(finding);
        return new RuleEvidenceBuilder()
                .channel("icmp-echo")
                .tunnel(new RuleEvidence.Tunnel(
                        echo.points(),
                        echo.payloads(),
                        echo.answersUnlike(),
                        echo.requests(),
                        echo.replies(),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        echo.bytesUp(),
                        echo.bytesDown(),
                        (long) echo.meanSize(),
                        (long) echo.largest()))
                .entropy(echo.entropyShare() / 1_000.0)
                .build();
    }

    public static RuleEvidence ofDns(Finding finding) {
        NameDetail dns = TunnelMessage.dns(finding);
        return new RuleEvidenceBuilder()
                .channel("dns")
                .domain(SafeText.of(dns.domain(), LONGEST_DOMAIN))
                .tunnel(new RuleEvidence.Tunnel(
                        dns.points(),
                        null,
                        null,
                        null,
                        null,
                        dns.names(),
                        dns.queries(),
                        dns.answers(),
                        dns.refused(),
                        dns.types().stream()
                                .limit(TYPES)
                                .map(TunnelFields::type)
                                .toList(),
                        (long) dns.longest(),
                        dns.bytesUp(),
                        dns.bytesDown(),
                        null,
                        null))
                .build();
    }

    /** Mnemonics of RFC 1035 and later, others as RFC 3597 writes them. */
    private static String type(int number) {
        return switch (number) {
            case 1 -> "A";
            case 2 -> "NS";
            case 5 -> "CNAME";
            case 6 -> "SOA";
            case 10 -> "NULL";
            case 12 -> "PTR";
            case 15 -> "MX";
            case 16 -> "TXT";
            case 25 -> "KEY";
            case 28 -> "AAAA";
            case 33 -> "SRV";
            case 65 -> "HTTPS";
            default -> "TYPE" + number;
        };
    }
}
