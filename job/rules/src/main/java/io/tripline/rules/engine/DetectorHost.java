package io.tripline.rules.engine;

import io.tripline.rules.incident.Finding;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hosts rules about one kind of subject: parts of a second wait until it is complete, then the rules are asked, and a subject of which there is nothing to
 * remember is forgotten. Where subjects lie and what wakes them is the caller's, see {@link Place}: a hash map or an engine's keyed state.
 */
public final class DetectorHost<K, P extends Part<K, P>, T extends PendingSeconds<P>> {
    private final Hosted<K, P, T> rules;
    private final Place<K, P, T> place;

    public DetectorHost(Hosted<K, P, T> rules, Place<K, P, T> place) {
        this.rules = rules;
        this.place = place;
    }

    /** Where subjects lie, and who counts what comes of their parts. */
    public interface Place<K, P, T> {
        @Nullable
        T find(K subject);

        /** A subject of which nothing was remembered has this state now. */
        void begin(K subject, T state);

        /** The state that was found has changed. */
        void update(K subject, T state);

        void forget(K subject);

        /** The subject has something to judge in second {@code next} and no longer in {@code before}; {@link PendingSeconds#NEVER} for none. */
        void wake(K subject, long before, long next);

        /** The last second that was judged for a subject. */
        long judgedThrough(K subject);

        /** Whether there is no room for one more subject that did little; counts the one refused. */
        boolean isFull();

        /** So many more parts wait, or fewer. */
        default void pending(int more) {}

        /** The part came after its second was judged. */
        void late(P part);

        /** There was no room for the part: too many seconds of its subject wait. */
        void withoutRoom(P part);
    }

    /** Takes in what a subject did in a part of a second. Parts may come in any order. */
    public void add(P part) {
        K subject = part.subject();
        long judged = place.judgedThrough(subject);
        if (part.second() <= judged && (SecondClock.isEnd(judged) || !part.raise(judged + 1))) {
            place.late(part);
            return;
        }
        T state = place.find(subject);
        boolean known = state != null;
        if (state == null) {
            if (part.isLittle() && place.isFull()) {
                return;
            }
            state = rules.newState();
        }
        long before = state.next();
        int pending = state.pending();
        P leftOut = state.add(part);
        if (leftOut != null) {
            place.withoutRoom(leftOut);
        }
        place.pending(state.pending() - pending);
        if (known) {
            place.update(subject, state);
        } else {
            place.begin(subject, state);
        }
        wake(subject, before, state.next());
    }

    /** Judges a subject's second, for which it was to be woken. */
    public void complete(K subject, long second, Consumer<Finding> findings) {
        T state = place.find(subject);
        if (state == null) {
            return;
        }
        int pending = state.pending();
        rules.complete(second, subject, state, findings);
        place.pending(state.pending() - pending);
        if (rules.isIdle(state)) {
            place.forget(subject);
        } else {
            place.update(subject, state);
            wake(subject, PendingSeconds.NEVER, state.next());
        }
    }

    private void wake(K subject, long before, long next) {
        if (next != before) {
            place.wake(subject, before, next);
        }
    }
}
