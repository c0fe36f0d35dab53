package io.tripline.rules.tunnel;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.alert.AlertDocument;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.tunnel.dns.NameDetail;
import io.tripline.rules.tunnel.icmp.EchoDetail;
import io.tripline.schemas.SafeText;
import java.io.IOException;

/** Writes what a tunnel is made of. */
public final class TunnelFields {
    private static final int LONGEST_DOMAIN = 253;
    private static final int TYPES = 16;

    private TunnelFields() {}

    public static void ofIcmp(Finding finding, JsonGenerator json) throws IOException {
        EchoDetail echo = TunnelMessage.echo(finding);
        json.writeStringField("channel", "icmp-echo");
        json.writeObjectFieldStart("tunnel");
        json.writeNumberField("points", echo.points());
        json.writeNumberField("payloads", echo.payloads());
        json.writeNumberField("payloads_only_in_replies", echo.answersUnlike());
        json.writeNumberField("requests", echo.requests());
        json.writeNumberField("replies", echo.replies());
        json.writeNumberField("bytes_up", echo.bytesUp());
        json.writeNumberField("bytes_down", echo.bytesDown());
        json.writeNumberField("mean_size", echo.meanSize());
        json.writeNumberField("largest", echo.largest());
        json.writeEndObject();
        json.writeNumberField("entropy", echo.entropyShare() / 1_000.0);
    }

    public static void ofDns(Finding finding, JsonGenerator json) throws IOException {
        NameDetail dns = TunnelMessage.dns(finding);
        json.writeStringField("channel", "dns");
        json.writeStringField("domain", SafeText.of(dns.domain(), LONGEST_DOMAIN));
        json.writeObjectFieldStart("tunnel");
        json.writeNumberField("points", dns.points());
        json.writeNumberField("names", dns.names());
        json.writeNumberField("queries", dns.queries());
        json.writeNumberField("answers", dns.answers());
        json.writeNumberField("refused", dns.refused());
        AlertDocument.strings(
                json,
                "types",
                dns.types().stream().limit(TYPES).map(TunnelFields::type).toList());
        json.writeNumberField("longest_name", dns.longest());
        json.writeNumberField("bytes_up", dns.bytesUp());
        json.writeNumberField("bytes_down", dns.bytesDown());
        json.writeEndObject();
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
