package io.tripline.rules;

import io.tripline.rules.engine.Fold;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What the folds of one kind left out, over all sensors, those that are gone included. Read by another thread, and so a moment old. */
final class DroppedSubjects {
    private final List<Fold> folds = new CopyOnWriteArrayList<>();
    private final AtomicLong given = new AtomicLong();

    /** Counts what this fold leaves out, too. */
    <F extends Fold> F of(F fold) {
        folds.add(fold);
        return fold;
    }

    /** Keeps only the count of a fold that is given back. */
    void giveBack(Fold fold) {
        if (folds.remove(fold)) {
            given.addAndGet(fold.notFollowed());
        }
    }

    long count() {
        return given.get() + folds.stream().mapToLong(Fold::notFollowed).sum();
    }
}
