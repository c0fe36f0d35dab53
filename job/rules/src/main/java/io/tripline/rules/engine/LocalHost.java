package io.tripline.rules.engine;

import io.tripline.rules.incident.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link DetectorHost} whose subjects lie in a hash map, in one thread. Memory: what rules remember, bounded for each subject. */
public class LocalHost<K, P extends Part<K, P>, T extends PendingSeconds<P>> {
    private final DetectorHost<K, P, T> host;
    private final int most;
    private final Consumer<Finding> findings;
    private final Consumer<Late> late;
    private final String uid;
    private Map<K, T> states = new HashMap<>();

    /** Who is due when. Who is due earlier by now is there twice, and is judged once. */
    private final TreeMap<Long, List<K>> due = new TreeMap<>();

    private long judged = Long.MIN_VALUE;
    private long refused;

    /**
     * A host of rules that have seen nothing.
     *
     * @param uid of these rules, as in {@link Late}
     * @param most subjects; of more, only those are followed that do much in a second
     */
    public LocalHost(String uid, Hosted<K, P, T> rules, int most, Consumer<Finding> findings, Consumer<Late> late) {
        this.uid = uid;
        this.most = most;
        this.findings = findings;
        this.late = late;
        this.host = new DetectorHost<>(rules, new InMemory());
    }

    /** Takes in what a subject did in a part of a second. */
    public final void add(P part) {
        host.add(part);
    }

    /** Judges all seconds through the one given, which are complete. */
    public final void advance(long second) {
        while (!due.isEmpty() && due.firstKey() <= second) {
            Map.Entry<Long, List<K>> now = due.pollFirstEntry();
            judged = Math.max(judged, now.getKey());
            for (K subject : now.getValue()) {
                T state = states.get(subject);
                if (state != null && state.next() == now.getKey()) {
                    host.complete(subject, now.getKey(), findings);
                }
            }
        }
        judged = Math.max(judged, second);
    }

    /** Subjects of which something is remembered. */
    public final int size() {
        return states.size();
    }

    /** Whether no subject has anything to judge. */
    final boolean isQuiet() {
        return due.isEmpty();
    }

    /** What is kept of a state that has changed: itself here, while an engine may keep bytes. */
    T kept(T state) {
        return state;
    }

    /** Parts for which there was no room, since their subject was one too many. */
    public final long refused() {
        return refused;
    }

    /** Forgets all subjects. */
    public final void clear() {
        states = new HashMap<>();
        due.clear();
    }

    private final class InMemory implements DetectorHost.Place<K, P, T> {
        @Override
        public @Nullable T find(K subject) {
            return states.get(subject);
        }

        @Override
        public void begin(K subject, T state) {
            states.put(subject, kept(state));
        }

        @Override
        public void update(K subject, T state) {
            T kept = kept(state);
            if (kept != state) {
                states.put(subject, kept);
            }
        }

        @Override
        public void forget(K subject) {
            states.remove(subject);
        }

        @Override
        public void wake(K subject, long before, long next) {
            due.computeIfAbsent(next, second -> new ArrayList<>()).add(subject);
        }

        @Override
        public long judgedThrough(K subject) {
            return judged;
        }

        @Override
        public boolean isFull() {
            boolean full = states.size() >= most;
            refused += full ? 1 : 0;
            return full;
        }

        @Override
        public void late(P part) {
            late.accept(Late.of(uid, part));
        }

        @Override
        public void withoutRoom(P part) {
            late.accept(Late.withoutRoom(uid, part));
        }
    }
}
