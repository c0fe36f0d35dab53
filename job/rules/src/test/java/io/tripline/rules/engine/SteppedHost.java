package io.tripline.rules.engine;

import io.tripline.rules.incident.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DetectorHost} whose subjects' states pass through storage before and after each second that is judged. A second is judged as soon as
 * no part of it is to come, however far ahead others came.
 */
final class SteppedHost<K, P extends Part<K, P>, T extends PendingSeconds<P>> implements DetectorHost.Place<K, P, T> {
    /** More than a detector ever asks for after the last part. */
    private static final int MOST_STEPS = 1_000_000;

    private final DetectorHost<K, P, T> host;
    private final UnaryOperator<T> storage;
    private final Map<K, T> states = new HashMap<>();
    private final TreeMap<Long, Set<K>> due = new TreeMap<>();
    private final Map<K, List<Finding>> found = new HashMap<>();
    private long judged = Long.MIN_VALUE;
    private int steps;

    SteppedHost(Hosted<K, P, T> rules, UnaryOperator<T> storage) {
        this.host = new DetectorHost<>(rules, this);
        this.storage = storage;
    }

    /** Takes in all parts and judges all seconds. */
    void play(List<P> parts) {
        long[] nextOf = new long[parts.size() + 1];
        nextOf[parts.size()] = PendingSeconds.NEVER;
        for (int i = parts.size() - 1; i >= 0; i--) {
            nextOf[i] = Math.min(nextOf[i + 1], parts.get(i).second());
        }
        for (int i = 0; i < parts.size(); i++) {
            judgeBefore(nextOf[i]);
            host.add(parts.get(i));
        }
        judgeBefore(PendingSeconds.NEVER);
    }

    private void judgeBefore(long second) {
        while (!due.isEmpty() && due.firstKey() < second && steps < MOST_STEPS) {
            Map.Entry<Long, Set<K>> now = due.pollFirstEntry();
            judged = now.getKey();
            for (K subject : now.getValue()) {
                T state = states.get(subject);
                if (state != null && state.next() == judged) {
                    steps++;
                    store(subject);
                    host.complete(
                            subject,
                            judged,
                            finding -> found.computeIfAbsent(subject, first -> new ArrayList<>())
                                    .add(finding));
                    store(subject);
                }
            }
        }
        judged = Math.max(judged, second - 1);
    }

    private void store(K subject) {
        states.computeIfPresent(subject, (same, state) -> storage.apply(state));
    }

    /** Whether nobody asks for a second any more. */
    boolean isDone() {
        return due.isEmpty();
    }

    /** Subjects of which something is remembered. */
    Set<K> remembered() {
        return states.keySet();
    }

    /** What was found of each subject, in order. */
    Map<K, List<Finding>> found() {
        return found;
    }

    @Override
    public @Nullable T find(K subject) {
        return states.get(subject);
    }

    @Override
    public void begin(K subject, T state) {
        states.put(subject, state);
    }

    @Override
    public void update(K subject, T state) {
        // It is the object that lies there.
    }

    @Override
    public void forget(K subject) {
        states.remove(subject);
    }

    @Override
    public void wake(K subject, long before, long next) {
        due.computeIfAbsent(next, second -> new LinkedHashSet<>()).add(subject);
    }

    @Override
    public long judgedThrough(K subject) {
        return judged;
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public void late(P part) {
        throw new AssertionError("late: " + part);
    }

    @Override
    public void withoutRoom(P part) {
        throw new AssertionError("no room for " + part);
    }
}
