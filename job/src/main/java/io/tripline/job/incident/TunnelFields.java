package io.tripline.job.incident;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.job.detect.EchoDetail;
import io.tripline.job.detect.Finding;
import java.io.IOException;

/** Writes what a tunnel is made of. */
final class TunnelFields {
    private TunnelFields() {}

    static void ofIcmp(Finding finding, JsonGenerator json) throws IOException {
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
}
