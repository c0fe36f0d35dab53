package io.tripline.rules.flood;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.flood.Inflow.Count;
import io.tripline.rules.incident.Finding;
import java.io.IOException;
import java.util.Locale;

/** Writes the evidence of a flood into the {@code tripline} object. */
final class FloodFields {
    private FloodFields() {}

    static void write(Finding finding, JsonGenerator json) throws IOException {
        FloodEvidence flood = FloodMessage.evidence(finding);
        json.writeBooleanField("spoofed", flood.spoofed());
        json.writeObjectFieldStart("flood");
        json.writeStringField("kind", flood.kind().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("peak_per_second", flood.peakPerSecond());
        if (!flood.coldStart()) {
            json.writeNumberField("usual_per_second", flood.usualPerSecond());
        }
        json.writeNumberField("usual_seconds", flood.usualSeconds());
        if (flood.kind() == Kind.SYN) {
            json.writeNumberField("uncompleted_percent", flood.halfOpenPercent());
        }
        json.writeNumberField("single_use_percent", flood.singlePercent());
        json.writeObjectFieldStart("counts");
        for (Count count : Count.values()) {
            if (flood.count(count) > 0) {
                json.writeNumberField(count.name().toLowerCase(Locale.ROOT), flood.count(count));
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
