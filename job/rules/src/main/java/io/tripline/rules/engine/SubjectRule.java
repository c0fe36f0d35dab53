package io.tripline.rules.engine;

import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.incident.Detail;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A rule about subjects of a kind of its own, or of one that it shares with others.
 *
 * @param idler tells why it has nothing to look for, see {@link #idle}
 */
public record SubjectRule<S extends Record>(
        S defaults,
        RuleDescription description,
        List<Subject<?, ?, ?>> subjects,
        List<Detail.Kind> details,
        Function<RuleSettings, @Nullable String> idler)
        implements Rule<S> {
    /** A rule that always has something to look for. */
    public SubjectRule(S defaults, RuleDescription description, Subject<?, ?, ?> subject, Detail.Kind... details) {
        this(defaults, description, List.of(subject), List.of(details), settings -> null);
    }

    @Override
    public @Nullable String idle(RuleSettings settings) {
        return idler.apply(settings);
    }
}
