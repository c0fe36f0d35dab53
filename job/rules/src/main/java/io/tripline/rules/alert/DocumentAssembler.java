package io.tripline.rules.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Techniques;
import io.tripline.schemas.Address;
import io.tripline.schemas.SafeText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the document of an alert: Elastic Common Schema 9, nested objects, keys in a fixed order. Its shape is
 * {@code alert.schema.json} in module {@code schemas}.
 *
 * <p>Every list is bounded. There is no {@code network.community_id}: it takes the source port, and an incident is about many.
 */
public final class AlertDocument {
    private static final JsonFactory JSON = new JsonFactory();

    static final int TARGETS = 20;
    private static final int REASONS_IN_TEXT = 6;
    private static final int SENSORS = 32;
    private static final int NAME_LENGTH = 64;
    public static final int TEXT_LENGTH = 1_024;

    private final String id;
    private final RuleDescription rule;
    private final Case situation;
    private final Finding finding;
    private final Score score;
    private final Treatment treatment;
    private final @Nullable Long created;
    private final List<Map.Entry<String, Long>> sensors;

    public AlertDocument(
            String id, RuleDescription rule, Case situation, Score score, Treatment treatment, @Nullable Long created) {
        this.id = id;
        this.rule = rule;
        this.situation = situation;
        this.finding = situation.finding();
        this.score = score;
        this.treatment = treatment;
        this.created = created;
        this.sensors = finding.sensors().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SENSORS)
                .map(sensor -> Map.entry(SafeText.of(sensor.getKey(), NAME_LENGTH), sensor.getValue()))
                .toList();
    }

    public String json() {
        StringWriter text = new StringWriter(2_048);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("@timestamp", time(finding.changed()));
            event(json);
            json.writeStringField("message", SafeText.of(rule.message().apply(finding), TEXT_LENGTH));
            rule(json);
            threat(json);
            endpoints(json);
            network(json);
            observer(json);
            new EvidenceFields(
                            rule,
                            finding,
                            score,
                            treatment,
                            sensors,
                            rule.actions().apply(situation),
                            created)
                    .write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes all that is written", e);
        }
        return text.toString();
    }

    private String time(long stream) {
        return CaptureTime.text(CaptureTime.of(stream, finding.clockShift()));
    }

    private void event(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("event");
        json.writeStringField("kind", "alert");
        strings(json, "category", List.of("network", "intrusion_detection"));
        strings(json, "type", List.of("info"));
        json.writeStringField("action", finding.stage().name().toLowerCase(Locale.ROOT));
        json.writeStringField("id", id);
        json.writeStringField("start", time(finding.firstSeen()));
        json.writeStringField("end", time(finding.lastSeen()));
        if (created != null) {
            json.writeStringField("created", CaptureTime.text(created));
        }
        Severity fixed = treatment.severity();
        json.writeNumberField("severity", (fixed == null ? score.severity() : fixed).number());
        json.writeNumberField("risk_score", score.risk());
        json.writeStringField("dataset", "tripline.alerts");
        json.writeStringField("reason", SafeText.of(reason(), 2 * TEXT_LENGTH));
        json.writeEndObject();
    }

    /** The tests that were passed, then what risk and confidence are made of. */
    private String reason() {
        String tests = finding.reasons().stream()
                .limit(REASONS_IN_TEXT)
                .map(reason -> reason.text() + ": " + reason.value() + " (more than " + reason.threshold() + ")")
                .collect(Collectors.joining("; "));
        Severity severity = treatment.severity();
        String fixed = severity == null
                ? ""
                : "Severity fixed by settings: " + severity.id() + ", would be "
                        + score.severity().id() + ". ";
        return fixed + (tests.isEmpty() ? "" : tests + ". ") + "Risk " + score.risk() + ": " + parts(score.riskParts())
                + ". Confidence " + score.confidence() + ": " + parts(score.confidenceParts());
    }

    private static String parts(List<Score.Part> parts) {
        return parts.stream().map(Score.Part::toString).collect(Collectors.joining(", "));
    }

    private void rule(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("rule");
        json.writeStringField("id", rule.id());
        json.writeStringField("name", rule.name());
        json.writeStringField("version", String.valueOf(rule.version()));
        json.writeStringField("description", rule.description());
        json.writeEndObject();
    }

    private void threat(JsonGenerator json) throws IOException {
        AttackTechnique attack = rule.attack(situation.internal());
        if (attack == null) {
            return;
        }
        json.writeObjectFieldStart("threat");
        json.writeStringField("framework", "MITRE ATT&CK");
        json.writeObjectFieldStart("tactic");
        entry(json, attack.tactic());
        json.writeEndObject();
        json.writeObjectFieldStart("technique");
        entry(json, attack.technique());
        AttackTechnique.Entry sub = attack.sub();
        if (sub != null) {
            json.writeObjectFieldStart("subtechnique");
            entry(json, sub);
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** ECS has lists here: an event may serve several tactics. */
    private static void entry(JsonGenerator json, AttackTechnique.Entry entry) throws IOException {
        strings(json, "id", List.of(entry.id()));
        strings(json, "name", List.of(entry.name()));
        strings(json, "reference", List.of(entry.reference()));
    }

    private void endpoints(JsonGenerator json) throws IOException {
        Address actor = finding.actor();
        List<Address> targets = rule.aboutTarget() ? List.of(actor) : addresses(finding.hostSample());
        List<Address> sources = addresses(finding.sources());
        source(json, sources);
        boolean single = rule.aboutTarget() || finding.hosts() == 1;
        if (single && targets.size() == 1 && !targets.get(0).isMac()) {
            json.writeObjectFieldStart("destination");
            json.writeStringField("ip", targets.get(0).toString());
            json.writeEndObject();
        }
        Related related = new Related();
        if (rule.about() == RuleDescription.About.SOURCE) {
            related.add(List.of(actor));
        }
        related.add(sources);
        related.add(targets);
        json.writeObjectFieldStart("related");
        strings(json, "ip", related.texts);
        json.writeEndObject();
    }

    /** Addresses in the order in which they are named, each once. */
    private static final class Related {
        private final LinkedHashSet<String> texts = new LinkedHashSet<>();

        void add(List<Address> addresses) {
            addresses.stream()
                    .filter(address -> !address.isMac())
                    .map(Address::toString)
                    .forEach(texts::add);
        }
    }

    /** Who did it; left out where several did. */
    private void source(JsonGenerator json, List<Address> sources) throws IOException {
        if (rule.about() == RuleDescription.About.SENSOR) {
            return;
        }
        Address actor = finding.actor();
        boolean one = !rule.aboutTarget() || (finding.sourceCount() == 1 && sources.size() == 1);
        if (!one) {
            return;
        }
        json.writeObjectFieldStart("source");
        if (rule.aboutTarget()) {
            json.writeStringField("ip", sources.get(0).toString());
        } else if (actor.isMac()) {
            if (!sources.isEmpty()) {
                json.writeStringField("ip", sources.get(0).toString());
            }
            // ECS wants the notation of RFC 7042, upper case with hyphens; people search for what tools print.
            String colons = actor.toString();
            strings(json, "mac", List.of(colons.replace(':', '-').toUpperCase(Locale.ROOT), colons));
        } else {
            json.writeStringField("ip", actor.toString());
        }
        json.writeEndObject();
    }

    private static List<Address> addresses(List<Address> sample) {
        return sample.stream()
                .filter(address -> !address.isMac())
                .limit(TARGETS)
                .toList();
    }

    private void network(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("network");
        SortedSet<String> transports = Techniques.transports(finding);
        if (transports.size() == 1) {
            json.writeStringField("transport", transports.first());
        }
        String protocol = Techniques.protocol(finding);
        if (protocol != null) {
            json.writeStringField("protocol", protocol);
        }
        json.writeStringField("direction", situation.direction().id());
        json.writeEndObject();
    }

    private void observer(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("observer");
        strings(json, "name", sensors.stream().map(Map.Entry::getKey).distinct().toList());
        json.writeStringField("type", "ids");
        json.writeStringField("vendor", "Tripline");
        json.writeStringField("product", "Tripline");
        json.writeEndObject();
    }

    public static void strings(JsonGenerator json, String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
