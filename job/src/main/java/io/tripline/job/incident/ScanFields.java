package io.tripline.job.incident;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.job.detect.DistributedDetail;
import io.tripline.job.detect.Finding;
import io.tripline.job.detect.ToolHint;
import java.io.IOException;

/** What alerts about scans have besides what all have. */
final class ScanFields {
    private ScanFields() {}

    /** The likely tool and what speaks for it, where anything does. */
    static void tool(Finding finding, JsonGenerator json) throws IOException {
        if (finding.detail() instanceof ToolHint hint) {
            tool(hint.name(), hint.reason(), json);
        }
    }

    static void tool(String name, String reason, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeStringField("name", SafeText.clean(name, 64));
        json.writeStringField("reason", SafeText.clean(reason, AlertDocument.TEXT_LENGTH));
        json.writeEndObject();
    }

    /** Whether most sources are decoys. */
    static void decoys(Finding finding, JsonGenerator json) throws IOException {
        if (finding.detail() instanceof DistributedDetail detail) {
            json.writeBooleanField("decoys", detail.decoys());
        }
    }
}
