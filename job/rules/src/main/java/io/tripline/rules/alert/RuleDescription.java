package io.tripline.rules.alert;

import io.tripline.rules.incident.Finding;
import io.tripline.schemas.alert.Evidence;
import io.tripline.schemas.alert.RuleEvidence;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say about a rule besides how it decides.
 *
 * @param id as in documents and settings
 * @param name as people call it
 * @param version of its decision; grows when the same traffic is judged otherwise
 * @param description one or two sentences
 * @param fromInside what it is in ATT&amp;CK when the source is internal; null where it need be nothing that an attacker does
 * @param fromOutside what it is otherwise
 * @param baseRisk risk of the plainest case, 1 to 100
 * @param highestRisk risk that it never exceeds, 1 to 100
 * @param message tells a finding in one line
 * @param score weighs a finding
 * @param actions what to do about it
 * @param about what the actor of a finding is
 * @param fields what alerts have besides what all have
 */
public record RuleDescription(
        String id,
        String name,
        int version,
        String description,
        @Nullable AttackTechnique fromInside,
        @Nullable AttackTechnique fromOutside,
        int baseRisk,
        int highestRisk,
        Function<Finding, String> message,
        BiFunction<RuleDescription, Case, Score> score,
        Function<Case, List<Action>> actions,
        About about,
        OwnEvidence fields) {

    /** What the actor of a finding is. */
    public enum About {
        /** Who did it. */
        SOURCE,
        /** To whom it was done; the finding's sources did it. */
        TARGET,
        /** Nobody: the finding is about the sensors that it names. */
        SENSOR
    }

    /** A rule about a source or a target. */
    public RuleDescription(
            String id,
            String name,
            int version,
            String description,
            @Nullable AttackTechnique fromInside,
            @Nullable AttackTechnique fromOutside,
            int baseRisk,
            int highestRisk,
            Function<Finding, String> message,
            BiFunction<RuleDescription, Case, Score> score,
            Function<Case, List<Action>> actions,
            boolean aboutTarget,
            OwnEvidence fields) {
        this(
                id,
                name,
                version,
                description,
                fromInside,
                fromOutside,
                baseRisk,
                highestRisk,
                message,
                score,
                actions,
                aboutTarget ? About.TARGET : About.SOURCE,
                fields);
    }

    /** Whether the actor of a finding is the target, and its sources are those who did it. */
    public boolean aboutTarget() {
        return about == About.TARGET;
    }

    /** What alerts of one sort of rule have besides what all have. */
    public interface OwnEvidence {
        /** Nothing. */
        OwnEvidence NONE = finding -> RuleEvidence.NONE;

        RuleEvidence of(Finding finding);

        /** A sensor that saw it, with what is known of it besides its name and packets. */
        default Evidence.Sensor sensor(Finding finding, String id, long packets) {
            return new Evidence.Sensor(id, packets, null, null);
        }
    }

    /**
     * A finding and what the settings say about it.
     *
     * @param internal whether the actor is inside
     */
    public record Case(Finding finding, Direction direction, boolean internal) {}

    /** What it is in ATT&amp;CK; null where it need be nothing that an attacker does. */
    public @Nullable AttackTechnique attack(boolean internal) {
        return internal ? fromInside : fromOutside;
    }
}
