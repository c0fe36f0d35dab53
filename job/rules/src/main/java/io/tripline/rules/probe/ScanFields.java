package io.tripline.rules.probe;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.alert.AlertDocument;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.distributedscan.DistributedDetail;
import io.tripline.schemas.SafeText;
import java.io.IOException;

/** What alerts about scans have besides what all have. */
public final class ScanFields {
    private ScanFields() {}

    /** The likely tool and what speaks for it, where anything does. */
    public static void tool(Finding finding, JsonGenerator json) throws IOException {
        if (finding.detail() instanceof ToolHint hint) {
            tool(hint.name(), hint.reason(), json);
        }
    }

    public static void tool(String name, String reason, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeStringField("name", SafeText.of(name, 64));
        json.writeStringField("reason", SafeText.of(reason, AlertDocument.TEXT_LENGTH));
        json.writeEndObject();
    }

    /** Whether most sources are decoys. */
    public static void decoys(Finding finding, JsonGenerator json) throws IOException {
        if (finding.detail() instanceof DistributedDetail detail) {
            json.writeBooleanField("decoys", detail.decoys());
        }
    }
}
