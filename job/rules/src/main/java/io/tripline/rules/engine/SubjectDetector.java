package io.tripline.rules.engine;

import io.tripline.rules.incident.Finding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rules about one kind of subject over time: a target, a pair of hosts, a domain, a segment. One detector serves all subjects; what it remembers
 * of one is in its state. (Rules about actors share a window and have an interface of their own, {@link io.tripline.rules.probe.ActorDetector}.)
 *
 * <p>It sees a subject's seconds in order, each once, when it is complete: every second in which something happened, and every second that it
 * asked for by {@link #wakeUp}.
 *
 * @param <K> what tells subjects apart
 * @param <P> what a subject did in a second
 * @param <S> what it remembers of one subject; bounded
 */
public interface SubjectDetector<K, P extends Part<K, P>, S> {
    /** What is remembered of a subject of which nothing is known. */
    S newState();

    /**
     * Takes in a second and tells what there is to tell by its end.
     *
     * @param part what happened in it; null where the detector asked for the second and nothing did
     */
    void complete(long second, K subject, @Nullable P part, S state, Consumer<Finding> findings);

    /** The second in which this detector must be asked again if nothing happens; {@link Long#MAX_VALUE} for never. */
    long wakeUp(S state);

    /** Whether the state says no more than a new one. */
    boolean isIdle(S state);

    void write(S state, DataOutput out) throws IOException;

    S read(DataInput in) throws IOException;
}
