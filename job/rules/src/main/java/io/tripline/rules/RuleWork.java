package io.tripline.rules;

import io.tripline.rules.engine.Part;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import java.util.Arrays;

/** Parts on their way to the thread that judges their subjects, and through which second these are all. */
final class RuleWork {
    /** Parts at a time. */
    static final int PARTS = 512;

    /** Says that the parts come from the folds. */
    static final int FOLDED = -1;

    /** Says that more parts of the same seconds will come. */
    static final long OPEN = Long.MIN_VALUE;

    /** The thread whose actors probed what is told here; {@link #FOLDED} for parts of the folds. */
    final int from;

    private int[] kinds = new int[16];
    private Part<?, ?>[] parts = new Part<?, ?>[16];
    private int size;
    private long through = OPEN;

    RuleWork(int from) {
        this.from = from;
    }

    /**
     * Takes a part.
     *
     * @param kind of its subject, see {@link RuleShard#kind}
     */
    void add(int kind, Part<?, ?> part) {
        if (size == parts.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            parts = Arrays.copyOf(parts, size * 2);
        }
        kinds[size] = kind;
        parts[size++] = part;
    }

    /** Takes what was probed at a target. */
    void add(TargetProbes probes) {
        add(RuleShard.kind(Subjects.PROBED_TARGETS), probes);
    }

    boolean isFull() {
        return size >= PARTS;
    }

    /** These are the last parts of the seconds through the one given. */
    RuleWork through(long second) {
        through = second;
        return this;
    }

    /** The last second of which this, and what came before it, holds all parts; {@link #OPEN} where that is not known. */
    long through() {
        return through;
    }

    /** Gives a shard all parts. */
    void addTo(RuleShard shard) {
        for (int i = 0; i < size; i++) {
            shard.add(kinds[i], parts[i]);
        }
    }
}
