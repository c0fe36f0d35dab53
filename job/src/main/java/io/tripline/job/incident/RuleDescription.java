package io.tripline.job.incident;

import io.tripline.job.detect.Finding;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What there is to say about a rule besides how it decides.
 *
 * @param id as in documents and settings
 * @param name as people call it
 * @param version of its decision; grows when the same traffic is judged otherwise
 * @param description one or two sentences
 * @param fromInside what it is in ATT&amp;CK when the source is internal
 * @param fromOutside what it is otherwise
 * @param baseRisk risk of the plainest case, 1 to 100
 * @param highestRisk risk that it never exceeds, 1 to 100
 * @param message tells a finding in one line
 * @param score weighs a finding
 * @param actions what to do about it
 */
public record RuleDescription(
        String id,
        String name,
        int version,
        String description,
        AttackTechnique fromInside,
        AttackTechnique fromOutside,
        int baseRisk,
        int highestRisk,
        Function<Finding, String> message,
        BiFunction<RuleDescription, Case, Score> score,
        Function<Case, List<Action>> actions) {

    /**
     * A finding and what the settings say about it.
     *
     * @param internal whether the actor is inside
     */
    public record Case(Finding finding, Direction direction, boolean internal) {}

    /** What it is in ATT&amp;CK. */
    public AttackTechnique attack(boolean internal) {
        return internal ? fromInside : fromOutside;
    }
}
