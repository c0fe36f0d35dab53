package io.tripline.job.stream;

import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.engine.Trials;
import io.tripline.rules.JobSettings;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.flink.util.OutputTag;

/**
 * A kind of subject that rules are about: how packets become parts, how these are keyed, and who judges them. All of it is types and
 * factories, so that the job's graph can be built from a list of these.
 *
 * @param uid of the operator that hosts the rules, in savepoints for ever
 * @param name of that operator, for people
 * @param key type of what tells subjects apart
 * @param state type of what is remembered of one
 * @param parts where the fold puts parts
 * @param fold makes the fold
 * @param detector makes the detector
 */
public record Subject<K, P extends Part<K, P>, S>(
        String uid,
        String name,
        CodecTypeInfo<K> key,
        CodecTypeInfo<SubjectState<P, S>> state,
        OutputTag<P> parts,
        Folds<P> fold,
        Detectors<K, P, S> detector)
        implements Serializable {

    /** Makes a fold that hands parts to the consumer given. */
    public interface Folds<P> extends Serializable {
        Fold fold(Consumer<P> parts);

        /** The same for a fold that the settings decide about. */
        default Fold fold(JobSettings settings, Consumer<P> parts) {
            return fold(parts);
        }
    }

    /** Makes a detector with the thresholds that are set, which tells of each test it makes. */
    public interface Detectors<K, P extends Part<K, P>, S> extends Serializable {
        SubjectDetector<K, P, S> detector(JobSettings settings, Trials trials);
    }
}
