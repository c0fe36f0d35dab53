package io.tripline.rules.engine;

import io.tripline.rules.probe.ActorDetector;
import org.jspecify.annotations.Nullable;

/**
 * A rule as settings see it.
 *
 * @param id as in documents and settings
 * @param defaults thresholds unless settings say otherwise; a record, whose components are the keys
 * @param actor makes the detector of a rule about actors; null for a rule about another kind of subject
 * @param subject uid of the operator that hosts a rule about another kind of subject; empty for a rule about actors
 */
public record Rule<S extends Record>(
        String id, S defaults, @Nullable ActorMaker<S> actor, String subject) {
    /** Makes a detector with these thresholds that tells of each test it makes. */
    public interface ActorMaker<S> {
        ActorDetector<?> detector(S settings, Trials trials);
    }

    /** A rule about actors. */
    public static <S extends Record> Rule<S> aboutActors(String id, S defaults, ActorMaker<S> maker) {
        return new Rule<>(id, defaults, maker, "");
    }

    /** A rule about subjects of another kind; the entry with that uid in {@code Subjects} makes its detector. */
    public static <S extends Record> Rule<S> aboutSubjects(String id, S defaults, String uid) {
        return new Rule<>(id, defaults, null, uid);
    }
}
