package io.tripline.rules.alert;

import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Techniques;
import io.tripline.rules.network.Service;
import io.tripline.schemas.Address;
import io.tripline.schemas.SafeText;
import io.tripline.schemas.alert.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the {@code tripline} object of an alert. */
final class EvidenceAssembler {
    private static final int PORTS = 100;
    private static final int REASONS = 16;
    private static final int FRAMES = 10;

    private final RuleDescription rule;
    private final Finding finding;
    private final Score score;
    private final Treatment treatment;
    private final List<Map.Entry<String, Long>> sensors;
    private final @Nullable Long created;

    /**
     * Of one finding.
     *
     * @param sensors names fit for a document, with packets
     * @param created wall clock, microseconds since 1970 UTC; null where documents hold none
     */
    EvidenceAssembler(
            RuleDescription rule,
            Finding finding,
            Score score,
            Treatment treatment,
            List<Map.Entry<String, Long>> sensors,
            @Nullable Long created) {
        this.rule = rule;
        this.finding = finding;
        this.score = score;
        this.treatment = treatment;
        this.sensors = sensors;
        this.created = created;
    }

    Evidence evidence(List<Action> actions) {
        return new Evidence(
                allow(treatment.allowedBy()),
                allow(treatment.lapsed()),
                text(treatment.closedBecause()),
                finding.sourceCount() > 0 ? hosts(finding.sourceCount(), finding.sources()) : null,
                rule.fields().of(finding),
                finding.techniques().entrySet().stream()
                        .map(technique ->
                                new Evidence.Technique(technique.getKey().id(), technique.getValue()))
                        .toList(),
                ports(),
                hosts(finding.hosts(), finding.hostSample()),
                finding.packets(),
                finding.bytes(),
                finding.reasons().stream()
                        .limit(REASONS)
                        .map(reason -> new Evidence.Test(text(reason.text()), reason.value(), reason.threshold()))
                        .toList(),
                score.confidence(),
                new Evidence.Score(parts(score.riskParts()), parts(score.confidenceParts())),
                finding.approximate(),
                Techniques.spoofable(finding),
                sensors.stream()
                        .map(sensor -> rule.fields().sensor(finding, sensor.getKey(), sensor.getValue()))
                        .toList(),
                finding.frames().stream().limit(FRAMES).toList(),
                time(finding.firstSeen()),
                time(finding.crossed()),
                timeToDetect(),
                actions.stream()
                        .map(action ->
                                new Evidence.Action(action.title(), Objects.requireNonNullElse(action.command(), "")))
                        .toList());
    }

    private String time(long stream) {
        return CaptureTime.text(CaptureTime.of(stream, finding.clockShift()));
    }

    private @Nullable Long timeToDetect() {
        if (created == null || finding.stage() != Finding.Stage.OPENED) {
            return null;
        }
        long took = CaptureTime.of(created, CaptureTime.of(finding.crossed(), finding.clockShift()));
        return Math.max(0, took / 1_000);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : SafeText.of(text, DocumentAssembler.TEXT_LENGTH);
    }

    private static List<Evidence.Part> parts(List<Score.Part> parts) {
        return parts.stream()
                .map(part -> new Evidence.Part(text(part.why()), part.points()))
                .toList();
    }

    private static Evidence.@Nullable Allow allow(@Nullable AllowEntry entry) {
        return entry == null
                ? null
                : new Evidence.Allow(
                        text(entry.name()),
                        text(entry.owner()),
                        text(entry.reason()),
                        entry.expires().toString());
    }

    private Evidence.Ports ports() {
        long silent = finding.outcomes().silent();
        return new Evidence.Ports(
                finding.services(),
                numbers(finding.serviceSample()),
                numbers(finding.openServices()),
                finding.outcomes().closed(),
                finding.answersSeen() ? (Long) silent : null,
                finding.answersSeen() ? null : (Long) silent,
                text(finding.serviceRanges()));
    }

    /** Port and protocol numbers without their transports, which {@code ranges} has: one type of number is what stores index. */
    private static List<Long> numbers(List<Integer> services) {
        return services.stream()
                .filter(Service::numbered)
                .map(Service::port)
                .sorted()
                .distinct()
                .limit(PORTS)
                .map(Integer::longValue)
                .toList();
    }

    private static Evidence.Hosts hosts(long distinct, List<Address> sample) {
        return new Evidence.Hosts(distinct, DocumentAssembler.addresses(sample));
    }
}
