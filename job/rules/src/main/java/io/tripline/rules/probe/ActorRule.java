package io.tripline.rules.probe;

import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.RuleSettings;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.incident.Detail;
import java.util.List;

/**
 * A rule about actors, which share a window ({@link ActorRules}).
 *
 * @param maker makes its detector
 */
public record ActorRule<S extends Record>(
        S defaults, Maker<S> maker, RuleDescription description, List<Detail.Kind> details) implements Rule<S> {
    /** Makes a detector with these thresholds that tells of each test it makes. */
    public interface Maker<S> {
        ActorDetector<?> detector(S thresholds, DecisionTrace trace);
    }

    public ActorRule(S defaults, Maker<S> maker, RuleDescription description, Detail.Kind... details) {
        this(defaults, maker, description, List.of(details));
    }

    @Override
    public List<Subject<?, ?, ?>> subjects() {
        return List.of();
    }

    /** Its detector with the thresholds that are set. */
    public ActorDetector<?> detector(RuleSettings settings, DecisionTrace trace) {
        return maker.detector(settings.thresholds(this), trace);
    }
}
