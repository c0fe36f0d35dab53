package io.tripline.rules.engine;

import io.tripline.rules.incident.Finding;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Rules about one kind of subject, as a {@link DetectorHost} sees them.
 *
 * @param <K> what tells subjects apart
 * @param <P> what a subject did in a second
 * @param <T> all that is remembered of one subject
 */
public interface Hosted<K, P extends Part<K, P>, T extends PendingSeconds<P>> {
    /** What is remembered of a subject of which nothing is known. */
    T newState();

    /** Judges a second that is complete. A subject's seconds come in order. */
    void complete(long second, K subject, T state, Consumer<Finding> findings);

    /** Whether there is nothing to remember. */
    boolean isIdle(T state);

    /**
     * The rules of one detector.
     *
     * @param on which findings to tell
     */
    static <K, P extends Part<K, P>, S> Hosted<K, P, SubjectState<P, S>> of(
            SubjectDetector<K, P, S> detector, Predicate<Finding> on) {
        return new Hosted<>() {
            @Override
            public SubjectState<P, S> newState() {
                return new SubjectState<>();
            }

            @Override
            public void complete(long second, K subject, SubjectState<P, S> state, Consumer<Finding> findings) {
                state.complete(second, subject, detector, finding -> {
                    if (on.test(finding)) {
                        findings.accept(finding);
                    }
                });
            }

            @Override
            public boolean isIdle(SubjectState<P, S> state) {
                return state.isIdle();
            }
        };
    }
}
