package io.tripline.rules.probe;

import io.tripline.rules.engine.PendingSeconds;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one actor: seconds that are not complete yet, the window, and what each detector keeps.
 *
 * <p>Most actors of a flood of spoofed sources have one contact and nothing else, so that what is empty takes no memory of its own.
 */
public final class ActorState extends PendingSeconds<Activity> {
    private static final Map<String, Object> NOTHING = Map.of();

    /** Stands for a history that is packed. */
    private static final ActorHistory PACKED = new ActorHistory();

    /** What each detector keeps, by rule; a detector that keeps nothing is not there. */
    private Map<String, Object> kept = NOTHING;

    public ActorHistory history = new ActorHistory();
    long wakeUp = NEVER;

    /** History and what detectors keep in few bytes, while nobody looks at an actor who did little; null otherwise. */
    private byte @Nullable [] packed;

    /** What a rule's detector keeps; null where it keeps nothing. */
    @Nullable
    Object kept(String rule) {
        return kept.get(rule);
    }

    void keep(String rule, Object state) {
        if (kept == NOTHING) {
            kept = new HashMap<>(2);
        }
        kept.put(rule, state);
    }

    void drop(String rule) {
        if (kept != NOTHING && kept.remove(rule) != null && kept.isEmpty()) {
            kept = NOTHING;
        }
    }

    /** Forgets what is kept of other rules than these: of one that was switched off since the state was stored. */
    void keepOnly(Set<String> rules) {
        if (kept != NOTHING && kept.keySet().retainAll(rules) && kept.isEmpty()) {
            kept = NOTHING;
        }
    }

    byte @Nullable [] packed() {
        return packed;
    }

    /** Keeps history and what detectors keep as these bytes instead. */
    void pack(byte[] bytes) {
        packed = bytes;
        history = PACKED;
        kept = NOTHING;
    }

    /** Takes history and what detectors keep from a state made of the bytes. */
    void unpack(ActorState whole) {
        packed = null;
        history = whole.history;
        kept = whole.kept;
    }

    /** Whether no detector keeps anything. */
    boolean keepsNothing() {
        return kept.isEmpty();
    }

    @Override
    public long next() {
        return Math.min(wakeUp, firstPending());
    }
}
