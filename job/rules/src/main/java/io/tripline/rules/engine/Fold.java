package io.tripline.rules.engine;

import io.tripline.schemas.PacketBatch;

/**
 * Folds batches where they arrive, before anything is keyed and shuffled. May be emptied at any time; what comes out in parts merges downstream
 * to the same whole.
 */
public interface Fold {
    /** Folds nothing, where parts come from elsewhere. */
    Fold NONE = new Fold() {
        @Override
        public void add(PacketBatch batch) {
            // Parts come from elsewhere.
        }

        @Override
        public void flush() {
            // There is nothing.
        }
    };

    /** Adds a batch. */
    void add(PacketBatch batch);

    /**
     * Adds a batch of which is known when it came.
     *
     * @param appended the broker's clock when it took it, milliseconds since 1970
     */
    default void add(PacketBatch batch, long appended) {
        add(batch);
    }

    /** Hands over all that is folded so far. */
    void flush();

    /** What was left out so far because a second had too much of it: subjects, or packets of a subject. */
    default long notFollowed() {
        return 0;
    }
}
