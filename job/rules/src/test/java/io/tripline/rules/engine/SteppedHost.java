package io.tripline.rules.engine;

import io.tripline.rules.incident.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A {@link LocalHost} whose subjects' states pass through storage whenever they change. A second is judged as soon as no part of it is to come,
 * however far ahead others came.
 */
final class SteppedHost<K, P extends Part<K, P>, T extends PendingSeconds<P>> {
    /** Longer than a detector ever asks for a second after the last part. */
    private static final long LONG_AFTER = 1_000_000;

    private final Map<K, List<Finding>> found = new HashMap<>();
    private final LocalHost<K, P, T> host;

    SteppedHost(Hosted<K, P, T> rules, UnaryOperator<T> storage) {
        host =
                new LocalHost<>(
                        "contract", new BySubject(rules), Integer.MAX_VALUE, finding -> {}, SteppedHost::refuse) {
                    @Override
                    T kept(T state) {
                        return storage.apply(state);
                    }
                };
    }

    private static void refuse(Late late) {
        throw new AssertionError(late);
    }

    /** Takes in all parts and judges all seconds. */
    void play(List<P> parts) {
        long[] nextOf = new long[parts.size() + 1];
        nextOf[parts.size()] = PendingSeconds.NEVER;
        long last = 0;
        for (int i = parts.size() - 1; i >= 0; i--) {
            nextOf[i] = Math.min(nextOf[i + 1], parts.get(i).second());
            last = Math.max(last, parts.get(i).second());
        }
        for (int i = 0; i < parts.size(); i++) {
            host.advance(nextOf[i] - 1);
            host.add(parts.get(i));
        }
        host.advance(last + LONG_AFTER);
    }

    /** Whether nobody asks for a second any more. */
    boolean isDone() {
        return host.isQuiet();
    }

    /** How many subjects something is remembered of. */
    int remembered() {
        return host.size();
    }

    /** What was found of each subject, in order. */
    Map<K, List<Finding>> found() {
        return found;
    }

    /** Rules whose findings are kept by the subject that they are about. */
    private final class BySubject implements Hosted<K, P, T> {
        private final Hosted<K, P, T> rules;

        BySubject(Hosted<K, P, T> rules) {
            this.rules = rules;
        }

        @Override
        public T newState() {
            return rules.newState();
        }

        @Override
        public void complete(long second, K subject, T state, Consumer<Finding> ignored) {
            rules.complete(
                    second,
                    subject,
                    state,
                    finding -> found.computeIfAbsent(subject, first -> new ArrayList<>())
                            .add(finding));
        }

        @Override
        public boolean isIdle(T state) {
            return rules.isIdle(state);
        }
    }
}
