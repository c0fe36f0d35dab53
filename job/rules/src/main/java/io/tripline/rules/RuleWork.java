package io.tripline.rules;

import io.tripline.rules.engine.LocalHost;
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

    private LocalKind[] kinds = new LocalKind[16];
    private Part<?, ?>[] parts = new Part<?, ?>[16];
    private int size;
    private long through = OPEN;

    /** A kind of subject with what finds its host in a shard. */
    interface LocalKind {
        LocalHost<?, ?, ?> host(RuleShard shard);
    }

    RuleWork(int from) {
        this.from = from;
    }

    /** Takes a part. */
    void add(LocalKind kind, Part<?, ?> part) {
        if (size == parts.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            parts = Arrays.copyOf(parts, size * 2);
        }
        kinds[size] = kind;
        parts[size++] = part;
    }

    /** Takes what was probed at a target. */
    void add(TargetProbes probes) {
        add(shard -> shard.of(Subjects.PROBED_TARGETS), probes);
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
            add(kinds[i].host(shard), parts[i]);
        }
    }

    @SuppressWarnings("unchecked") // A part was put there with the kind of its subject.
    private static <P extends Part<?, P>> void add(LocalHost<?, P, ?> host, Part<?, ?> part) {
        host.add((P) part);
    }
}
