package io.tripline.rules.probe;

import io.tripline.rules.incident.Finding;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A rule about one actor over time. One detector serves all actors; what it remembers of one is in its state.
 *
 * <p>It sees an actor's seconds in order: {@link #observe} for each second with something in it, then {@link #judge} and {@link #tell} for that second, and
 * for each second that it asked for by {@link #wakeUp}.
 *
 * @param <S> what it remembers of one actor; bounded
 */
public interface ActorDetector<S> {
    /** Identifier of the rule, as in the documents. */
    String rule();

    /** What is remembered of an actor of whom nothing is known. */
    S newState();

    /**
     * Whether the second that the history took in last matters to this rule though it keeps nothing of the actor, and though nothing in the window
     * speaks against him. Where it does not, the rule is not asked.
     */
    default boolean watches(ActorHistory history) {
        return false;
    }

    /** Takes in one second; the history holds it already. */
    void observe(Activity activity, ActorHistory history, S state);

    /** Decides about what is in the window by the end of a second; not asked every second of an actor with a large window. */
    void judge(long second, ActorHistory history, S state);

    /** Tells what there is to tell by the end of a second. */
    void tell(long second, Address actor, S state, Consumer<Finding> findings);

    /** Forgets what there is no room for, when all is told by the end of a second. */
    default void fit(long second, ActorHistory history, S state) {}

    /** Whether an incident is open that the actor's failures belong to, so that rules with a longer memory leave them alone. */
    default boolean claims(S state) {
        return false;
    }

    /** By what an open incident of this rule covers a contact; asked only while it {@link #claims}. */
    default Coverage coverage(S state, Contact contact) {
        return Coverage.NONE;
    }

    /** The second in which this detector must be asked again if nothing happens; {@link Long#MAX_VALUE} for never. */
    long wakeUp(S state);

    /** Whether what is remembered of an actor is so little that it is packed between two looks at it. */
    default boolean isSmall(S state) {
        return false;
    }

    /** Whether the state says no more than a new one. */
    boolean isIdle(S state);

    void write(S state, DataOutput out) throws IOException;

    S read(DataInput in) throws IOException;
}
