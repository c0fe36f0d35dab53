package io.tripline.bench;

import io.tripline.rules.engine.Fold;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.rules.incident.Finding;
import io.tripline.job.stream.Subjects;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** All rules behind all folds, without an engine. */
final class EveryRule {
    private final Map<String, RuleHost> kinds = new LinkedHashMap<>();
    private final List<Fold> folds = new ArrayList<>();

    /**
     * Rules that have seen nothing yet.
     *
     * @param rooms room for what actors fail in
     * @param aboutActors takes what is found about actors; the rest is thrown away
     */
    EveryRule(FailureRooms rooms, Consumer<Finding> aboutActors) {
        RuleHost targets = RuleHost.of(Subjects.TARGETS, finding -> {});
        host(RuleHost.ofActors(rooms, aboutActors, targets::add));
        host(targets);
        Subjects.ALL.stream()
                .filter(subject -> !Subjects.isFedByActors(subject))
                .forEach(subject -> host(RuleHost.of(subject, finding -> {})));
        for (FoldKind kind : FoldKind.all()) {
            RuleHost to = Objects.requireNonNull(kinds.get(kind.subject()));
            folds.add(kind.make().apply(to::add));
        }
    }

    private void host(RuleHost host) {
        kinds.put(host.name(), host);
    }

    /** Folds a batch. */
    void add(PacketBatch batch) {
        folds.forEach(fold -> fold.add(batch));
    }

    /** Hands over what was folded, and judges seconds up to the given one. */
    void advance(long second) {
        folds.forEach(Fold::flush);
        kinds.values().forEach(kind -> kind.advance(second));
    }

    /** Lets go of the folds: from now on only what rules remember is on the heap. */
    void forgetFolds() {
        folds.clear();
    }

    /** Those about one kind of subject. */
    RuleHost of(String kind) {
        return Objects.requireNonNull(kinds.get(kind));
    }

    /** Those about each kind of subject. */
    Iterable<RuleHost> kinds() {
        return kinds.values();
    }

    /** Bytes of heap that are in use. */
    static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
