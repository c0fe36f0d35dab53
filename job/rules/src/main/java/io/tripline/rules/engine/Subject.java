package io.tripline.rules.engine;

import io.tripline.rules.codec.Codec;
import java.io.Serializable;
import java.util.function.Consumer;

/**
 * A kind of subject that rules are about: how packets become parts, how these are keyed, and who judges them. All of it is codecs and factories, so that
 * whoever runs rules can be built from a list of these.
 *
 * @param uid of the operator that hosts the rules, in savepoints for ever
 * @param name of that operator, for people
 * @param feed where parts come from
 * @param key what tells subjects apart
 * @param part what a fold makes of packets
 * @param state what is remembered of one
 * @param fold makes the fold; one that never makes a part where parts come from somewhere else
 * @param detector makes the detector
 * @param most subjects that an instance follows; of more, only those that do much in a second
 */
public record Subject<K, P extends Part<K, P>, S>(
        String uid,
        String name,
        Feed feed,
        Codec<K> key,
        Codec<P> part,
        Codec<SubjectState<P, S>> state,
        Folds<P> fold,
        Detectors<K, P, S> detector,
        int most)
        implements Serializable {
    /** Of which there are never too many, because their folds or their nature bound them. */
    public Subject(
            String uid,
            String name,
            Feed feed,
            Codec<K> key,
            Codec<P> part,
            Codec<SubjectState<P, S>> state,
            Folds<P> fold,
            Detectors<K, P, S> detector) {
        this(uid, name, feed, key, part, state, fold, detector, Integer.MAX_VALUE);
    }

    /**
     * The rules about this kind of subject that are on; a detector may stand for several, of which some are off.
     *
     * @param trace hears of each test
     */
    public Hosted<K, P, SubjectState<P, S>> hosted(RuleSettings settings, DecisionTrace trace) {
        return Hosted.of(detector.detector(settings, trace), finding -> settings.isOn(finding.rule()));
    }

    /** Where the parts of a kind of subject come from. */
    public enum Feed {
        /** From a fold for each sensor, since two sensors may see the same packets. */
        RECORDS,
        /** From one fold for all sensors, since no packets are summed. */
        ALL_SENSORS,
        /** From the fold that counts all traffic, so that no packet is counted twice. */
        TRAFFIC,
        /** From the rules about actors: which of their probes failed is known only after these were judged. */
        ACTORS
    }

    /** Makes a fold that hands parts to the consumer given. */
    public interface Folds<P> extends Serializable {
        Fold fold(RuleSettings settings, Consumer<P> parts);
    }

    /** Makes a detector with the thresholds that are set, which tells of each test it makes. */
    public interface Detectors<K, P extends Part<K, P>, S> extends Serializable {
        SubjectDetector<K, P, S> detector(RuleSettings settings, DecisionTrace trace);
    }
}
