package io.tripline.rules.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.incident.Techniques;
import io.tripline.rules.network.Service;
import io.tripline.schemas.Address;
import io.tripline.schemas.SafeText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the {@code tripline} object of an alert: evidence and advice, which the Elastic Common Schema has no fields for. */
final class EvidenceFields {
    private static final int PORTS = 100;
    private static final int REASONS = 16;
    private static final int FRAMES = 10;

    private final RuleDescription rule;
    private final Finding finding;
    private final Score score;
    private final Treatment treatment;
    private final List<Map.Entry<String, Long>> sensors;
    private final List<Action> actions;
    private final @Nullable Long created;

    /**
     * What there is to write.
     *
     * @param sensors names fit for a document, with packets
     * @param created wall clock, microseconds since 1970 UTC; null where documents hold none
     */
    EvidenceFields(
            RuleDescription rule,
            Finding finding,
            Score score,
            Treatment treatment,
            List<Map.Entry<String, Long>> sensors,
            List<Action> actions,
            @Nullable Long created) {
        this.rule = rule;
        this.finding = finding;
        this.score = score;
        this.treatment = treatment;
        this.sensors = sensors;
        this.actions = actions;
        this.created = created;
    }

    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("tripline");
        allow("allowed_by", treatment.allowedBy(), json);
        allow("allow_lapsed", treatment.lapsed(), json);
        String closedBecause = treatment.closedBecause();
        if (closedBecause != null) {
            json.writeStringField("closed_because", SafeText.of(closedBecause, AlertDocument.TEXT_LENGTH));
        }
        if (finding.sourceCount() > 0) {
            json.writeObjectFieldStart("sources");
            json.writeNumberField("distinct", finding.sourceCount());
            hosts(json, finding.sources());
            json.writeEndObject();
        }
        rule.fields().write(finding, json);
        json.writeArrayFieldStart("techniques");
        for (Map.Entry<Probing, Long> technique : finding.techniques().entrySet()) {
            json.writeStartObject();
            json.writeStringField("name", technique.getKey().id());
            json.writeNumberField("probes", technique.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        ports(json);
        targets(json);
        json.writeNumberField("packets", finding.packets());
        json.writeNumberField("bytes", finding.bytes());
        reasons(json);
        json.writeNumberField("confidence", score.confidence());
        json.writeObjectFieldStart("score");
        parts("risk", score.riskParts(), json);
        parts("confidence", score.confidenceParts(), json);
        json.writeEndObject();
        json.writeBooleanField("approximate", finding.approximate());
        json.writeBooleanField("spoofable", Techniques.spoofable(finding));
        json.writeArrayFieldStart("sensors");
        for (Map.Entry<String, Long> sensor : sensors) {
            json.writeStartObject();
            json.writeStringField("id", sensor.getKey());
            json.writeNumberField("packets", sensor.getValue());
            rule.fields().writeSensor(finding, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("frames");
        for (long frame : finding.frames().stream().limit(FRAMES).toList()) {
            json.writeNumber(frame);
        }
        json.writeEndArray();
        json.writeStringField(
                "first_seen", CaptureTime.text(CaptureTime.of(finding.firstSeen(), finding.clockShift())));
        json.writeStringField("detected", CaptureTime.text(CaptureTime.of(finding.crossed(), finding.clockShift())));
        if (created != null && finding.stage() == Finding.Stage.OPENED) {
            long took = CaptureTime.of(created, CaptureTime.of(finding.crossed(), finding.clockShift()));
            json.writeNumberField("time_to_detect_ms", Math.max(0, took / 1_000));
        }
        actions(json);
        json.writeEndObject();
    }

    private static void parts(String field, List<Score.Part> parts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (Score.Part part : parts) {
            json.writeStartObject();
            json.writeStringField("reason", SafeText.of(part.why(), AlertDocument.TEXT_LENGTH));
            json.writeNumberField("points", part.points());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void allow(String field, @Nullable AllowEntry entry, JsonGenerator json) throws IOException {
        if (entry != null) {
            json.writeObjectFieldStart(field);
            json.writeStringField("entry", SafeText.of(entry.name(), AlertDocument.TEXT_LENGTH));
            json.writeStringField("owner", SafeText.of(entry.owner(), AlertDocument.TEXT_LENGTH));
            json.writeStringField("reason", SafeText.of(entry.reason(), AlertDocument.TEXT_LENGTH));
            json.writeStringField("expires", entry.expires().toString());
            json.writeEndObject();
        }
    }

    private void ports(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("ports");
        json.writeNumberField("distinct", finding.services());
        numbers(json, "sample", finding.serviceSample());
        numbers(json, "open", finding.openServices());
        json.writeNumberField("closed", finding.outcomes().closed());
        json.writeNumberField(
                finding.answersSeen() ? "filtered" : "unseen",
                finding.outcomes().silent());
        json.writeStringField("ranges", SafeText.of(finding.serviceRanges(), AlertDocument.TEXT_LENGTH));
        json.writeEndObject();
    }

    /** Port and protocol numbers without their transports, which {@code ranges} has: one type of number is what stores index. */
    private static void numbers(JsonGenerator json, String name, List<Integer> services) throws IOException {
        json.writeArrayFieldStart(name);
        for (int port : services.stream()
                .filter(Service::numbered)
                .map(Service::port)
                .sorted()
                .distinct()
                .limit(PORTS)
                .toList()) {
            json.writeNumber(port);
        }
        json.writeEndArray();
    }

    private void targets(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("targets");
        json.writeNumberField("distinct", finding.hosts());
        hosts(json, finding.hostSample());
        json.writeEndObject();
    }

    private static void hosts(JsonGenerator json, List<Address> sample) throws IOException {
        AlertDocument.strings(
                json,
                "sample",
                sample.stream()
                        .filter(host -> !host.isMac())
                        .limit(AlertDocument.TARGETS)
                        .map(Address::toString)
                        .toList());
    }

    private void reasons(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("reasons");
        for (Reason reason : finding.reasons().stream().limit(REASONS).toList()) {
            json.writeStartObject();
            json.writeStringField("test", SafeText.of(reason.text(), AlertDocument.TEXT_LENGTH));
            json.writeNumberField("value", reason.value());
            json.writeNumberField("threshold", reason.threshold());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void actions(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("actions");
        for (Action action : actions) {
            json.writeStartObject();
            json.writeStringField("title", action.title());
            String command = action.command();
            if (command != null) {
                json.writeStringField("command", command);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
