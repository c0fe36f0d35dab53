package io.tripline.rules.engine;

import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.incident.Detail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All there is to know about a rule: its thresholds, what it is about and so how it is fed and judged, its words, and what its findings carry. Each
 * rule's folder defines one; the list of all names it.
 *
 * @param <S> its thresholds, a record whose components are the keys in settings; the rule's texts lie beside it
 */
public interface Rule<S extends Record> {
    /** As in documents and settings. */
    default String id() {
        return description().id();
    }

    /** Thresholds unless settings say otherwise. */
    S defaults();

    /** Its words, its weight and its place in ATT&amp;CK. */
    RuleDescription description();

    /** The kinds of subject that it is about; several rules may share one. None for a rule about actors. */
    List<Subject<?, ?, ?>> subjects();

    /** What its findings may carry besides what all have. */
    List<Detail.Kind> details();

    /** Why it has nothing to look for with these settings though it is on, for people; null where it has. */
    default @Nullable String idle(RuleSettings settings) {
        return null;
    }

    /** Uid of the operator that hosts it; empty for a rule about actors. */
    default String subject() {
        return subjects().isEmpty() ? "" : subjects().get(0).uid();
    }
}
