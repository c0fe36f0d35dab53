package io.tripline.rules.alert;

import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.Techniques;
import io.tripline.schemas.alert.AlertJson;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes alerts of findings. Without a clock, equal findings give documents that are equal byte for byte. */
public final class AlertAssembler {
    private final AlertPolicy policy;
    private final Zones zones;
    private final RuleCatalogue rules;
    private final @Nullable InstantSource clock;

    /** For files: documents hold no wall-clock time. */
    public AlertAssembler(Zones zones, RuleCatalogue rules) {
        this(zones, rules, null);
    }

    /** For live use: documents tell when they were made, and the first of an incident how long it took. */
    public AlertAssembler(Zones zones, RuleCatalogue rules, @Nullable InstantSource clock) {
        this(new AlertPolicy(zones, List.of(), List.of(), Map.of()), rules, clock);
    }

    /** With all that settings say about alerts. */
    public AlertAssembler(AlertPolicy policy, RuleCatalogue rules, @Nullable InstantSource clock) {
        this.policy = policy;
        this.zones = policy.zones();
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * The alert for a finding.
     *
     * @throws IllegalArgumentException if its rule is not in the catalogue
     */
    public Alert assemble(Finding finding) {
        return assemble(finding, null);
    }

    /**
     * The alert that closes an incident though it may go on.
     *
     * @param last what was last found of it
     * @param now stream time, microseconds
     * @param because why, for people
     */
    public Alert close(Finding last, long now, String because) {
        return assemble(last.at(Stage.CLOSED, Math.max(last.changed(), now)), because);
    }

    /** Identity of the incident that a finding is about. */
    public static String id(Finding finding) {
        return AlertId.of(
                finding.rule(),
                finding.actor(),
                finding.scope(),
                CaptureTime.of(finding.firstSeen(), finding.clockShift()));
    }

    /** The first entry that allows all of a finding; null where none does. */
    @Nullable
    public AllowEntry allowing(Finding finding) {
        return policy.allowing(rules.rule(finding.rule()), finding);
    }

    private Alert assemble(Finding finding, @Nullable String closedBecause) {
        RuleDescription rule = rules.rule(finding.rule());
        // Addresses of a segment may be anything, but what asks by ARP or neighbour solicitation is on it.
        boolean onLink = Techniques.onLink(finding);
        Case situation = switch (rule.about()) {
            case TARGET -> aboutTarget(finding);
            case SENSOR -> new Case(finding, Direction.INTERNAL, true);
            case SOURCE ->
                new Case(
                        finding,
                        onLink ? Direction.INTERNAL : zones.direction(finding.actor(), finding.hostSample()),
                        onLink || zones.isInternal(finding.actor()));
        };
        Score score = policy.weighTargets(rule, finding, rule.score().apply(rule, situation));
        Severity fixed = policy.severities().get(rule.id());
        AllowEntry allowedBy = closedBecause == null ? policy.allowing(rule, finding) : null;
        AllowEntry lapsed = allowedBy == null ? policy.lapsed(rule, finding) : null;
        long firstSeen = CaptureTime.of(finding.firstSeen(), finding.clockShift());
        String id = id(finding);
        Treatment treatment = new Treatment(fixed, allowedBy, lapsed, closedBecause);
        String json =
                AlertJson.write(new DocumentAssembler(id, rule, situation, score, treatment, created()).document());
        return new Alert(
                id,
                firstSeen,
                CaptureTime.of(finding.changed(), finding.clockShift()),
                fixed == null ? score.severity() : fixed,
                score.risk(),
                finding.stage(),
                finding.rule(),
                finding.actor(),
                allowedBy == null ? "" : allowedBy.name(),
                lapsed == null ? "" : lapsed.name(),
                json);
    }

    /** One source outside is enough for it to come from outside. */
    private Case aboutTarget(Finding finding) {
        boolean internal =
                !finding.sources().isEmpty() && finding.sources().stream().allMatch(zones::isInternal);
        boolean inside = zones.isInternal(finding.actor());
        Direction direction = internal
                ? inside ? Direction.INTERNAL : Direction.OUTBOUND
                : inside ? Direction.INBOUND : Direction.EXTERNAL;
        return new Case(finding, direction, internal);
    }

    private @Nullable Long created() {
        return clock == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
