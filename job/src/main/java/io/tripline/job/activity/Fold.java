package io.tripline.job.activity;

import io.tripline.schemas.PacketBatch;

/**
 * Folds batches where they arrive, before anything is keyed and shuffled. May be emptied at any time; what comes out in parts merges downstream
 * to the same whole.
 */
public interface Fold {
    /** Folds nothing: for parts that another fold makes. */
    Fold NONE = new Fold() {
        @Override
        public void add(PacketBatch batch) {
            // Nothing is folded here.
        }

        @Override
        public void flush() {
            // There is nothing to hand over.
        }
    };

    /** Adds a batch. */
    void add(PacketBatch batch);

    /** Hands over all that is folded so far. */
    void flush();
}
