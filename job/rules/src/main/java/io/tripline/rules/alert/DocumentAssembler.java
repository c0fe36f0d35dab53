package io.tripline.rules.alert;

import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Techniques;
import io.tripline.schemas.Address;
import io.tripline.schemas.SafeText;
import io.tripline.schemas.alert.AlertDocument;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the document of an alert of what was found, what the rule says about it and what the settings do with it.
 *
 * <p>Every list is bounded. There is no {@code network.community_id}: it takes the source port, and an incident is about many.
 */
public final class DocumentAssembler {
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

    /**
     * Of one finding.
     *
     * @param created wall clock, microseconds since 1970 UTC; null where documents hold none
     */
    public DocumentAssembler(
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

    /** The document. */
    public AlertDocument document() {
        Address actor = finding.actor();
        List<String> targets = rule.aboutTarget() ? addresses(List.of(actor)) : addresses(finding.hostSample());
        List<String> sources = addresses(finding.sources());
        return new AlertDocument(
                time(finding.changed()),
                event(),
                SafeText.of(rule.message().apply(finding), TEXT_LENGTH),
                new AlertDocument.Rule(rule.id(), rule.name(), String.valueOf(rule.version()), rule.description()),
                threat(),
                source(sources),
                destination(targets),
                related(sources, targets),
                network(),
                new AlertDocument.Observer(
                        sensors.stream().map(Map.Entry::getKey).distinct().toList(), "ids", "Tripline", "Tripline"),
                new EvidenceAssembler(rule, finding, score, treatment, sensors, created)
                        .evidence(rule.actions().apply(situation)));
    }

    private String time(long stream) {
        return CaptureTime.text(CaptureTime.of(stream, finding.clockShift()));
    }

    private AlertDocument.Event event() {
        return new AlertDocument.Event(
                "alert",
                List.of("network", "intrusion_detection"),
                List.of("info"),
                finding.stage().name().toLowerCase(Locale.ROOT),
                id,
                time(finding.firstSeen()),
                time(finding.lastSeen()),
                created == null ? "" : CaptureTime.text(created),
                "",
                Objects.requireNonNullElse(treatment.severity(), score.severity())
                        .number(),
                score.risk(),
                "tripline.alerts",
                SafeText.of(reason(), 2 * TEXT_LENGTH));
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

    private AlertDocument.@Nullable Threat threat() {
        AttackTechnique attack = rule.attack(situation.internal());
        if (attack == null) {
            return null;
        }
        AttackTechnique.Entry tactic = attack.tactic();
        AttackTechnique.Entry technique = attack.technique();
        AttackTechnique.Entry sub = attack.sub();
        return new AlertDocument.Threat(
                "MITRE ATT&CK",
                new AlertDocument.Tactic(List.of(tactic.id()), List.of(tactic.name()), List.of(tactic.reference())),
                new AlertDocument.Technique(
                        List.of(technique.id()),
                        List.of(technique.name()),
                        List.of(technique.reference()),
                        sub == null
                                ? null
                                : new AlertDocument.Subtechnique(
                                        List.of(sub.id()), List.of(sub.name()), List.of(sub.reference()))));
    }

    private AlertDocument.@Nullable Destination destination(List<String> targets) {
        boolean single = rule.aboutTarget() || finding.hosts() == 1;
        return single && targets.size() == 1 ? new AlertDocument.Destination(targets.get(0)) : null;
    }

    /** Addresses in the order in which they are named, each once. */
    private AlertDocument.Related related(List<String> sources, List<String> targets) {
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        if (rule.about() == RuleDescription.About.SOURCE) {
            texts.addAll(addresses(List.of(finding.actor())));
        }
        texts.addAll(sources);
        texts.addAll(targets);
        return new AlertDocument.Related(List.copyOf(texts));
    }

    /** Who did it; left out where several did. */
    private AlertDocument.@Nullable Source source(List<String> sources) {
        if (rule.about() == RuleDescription.About.SENSOR) {
            return null;
        }
        if (rule.aboutTarget()) {
            return finding.sourceCount() == 1 && sources.size() == 1
                    ? new AlertDocument.Source(sources.get(0), List.of())
                    : null;
        }
        Address actor = finding.actor();
        if (!actor.isMac()) {
            return new AlertDocument.Source(actor.toString(), List.of());
        }
        // ECS wants the notation of RFC 7042, upper case with hyphens; people search for what tools print.
        String colons = actor.toString();
        return new AlertDocument.Source(
                sources.isEmpty() ? "" : sources.get(0),
                List.of(colons.replace(':', '-').toUpperCase(Locale.ROOT), colons));
    }

    /** Some, and none of hardware. */
    static List<String> addresses(List<Address> sample) {
        return sample.stream()
                .filter(address -> !address.isMac())
                .limit(TARGETS)
                .map(Address::toString)
                .toList();
    }

    private AlertDocument.Network network() {
        SortedSet<String> transports = Techniques.transports(finding);
        return new AlertDocument.Network(
                transports.size() == 1 ? transports.first() : "",
                Objects.requireNonNullElse(Techniques.protocol(finding), ""),
                situation.direction().id());
    }
}
