package io.tripline.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.incident.Finding;
import java.util.function.Consumer;

/** Hosts for rules in tests: no part may be late, and in the end nothing may be left. */
public final class TestHosts {
    private TestHosts() {}

    /** Hosts the rules of one detector. */
    public static <K, P extends Part<K, P>, S> LocalHost<K, P, SubjectState<P, S>> of(
            SubjectDetector<K, P, S> detector, Consumer<Finding> findings) {
        return of(Hosted.of(detector, finding -> true), findings);
    }

    public static <K, P extends Part<K, P>, T extends PendingSeconds<P>> LocalHost<K, P, T> of(
            Hosted<K, P, T> rules, Consumer<Finding> findings) {
        return new LocalHost<>("tested", rules, Integer.MAX_VALUE, findings, late -> {
            throw new AssertionError("late: " + late);
        });
    }

    /** Judges all that there is. */
    public static void end(LocalHost<?, ?, ?> host) {
        host.advance(PendingSeconds.NEVER - 1);
        assertThat(host.size()).as("subjects of which something is remembered").isZero();
    }
}
