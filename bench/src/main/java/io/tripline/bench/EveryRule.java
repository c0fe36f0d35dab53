package io.tripline.bench;

import io.tripline.rules.JobSettings;
import io.tripline.rules.RuleShard;
import io.tripline.rules.Subjects;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.Late;
import io.tripline.rules.engine.LocalHost;
import io.tripline.rules.engine.Part;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** All rules behind all folds, each of which can be asked for by itself. */
final class EveryRule {
    private final RuleShard shard;
    private final Map<String, LocalHost<?, ?, ?>> hosts;
    private final List<Fold> folds = new ArrayList<>();

    /**
     * Rules that have seen nothing yet.
     *
     * @param rooms room for what actors fail in
     * @param findings takes what is found
     */
    EveryRule(FailureRooms rooms, Consumer<Finding> findings) {
        shard = new RuleShard(
                JobSettings.DEFAULT,
                rooms,
                DecisionTrace.NONE,
                told(findings),
                probes -> add(Subjects.PROBED_TARGETS.uid(), probes));
        hosts = shard.hosts();
        for (FoldKind kind : FoldKind.all()) {
            folds.add(kind.make().apply(part -> add(kind.subject(), part)));
        }
    }

    private static RuleShard.Output told(Consumer<Finding> findings) {
        return new RuleShard.Output() {
            @Override
            public void finding(Finding finding) {
                findings.accept(finding);
            }

            @Override
            public void late(Late late) {
                // Batches come in order here.
            }
        };
    }

    /** Folds a batch. */
    void add(PacketBatch batch) {
        folds.forEach(fold -> fold.add(batch));
    }

    /** Gives the rules about one kind of subject a part, by their uid. */
    void add(String uid, Object part) {
        add(of(uid), part);
    }

    @SuppressWarnings("unchecked") // The uid is that of the part's rules.
    private static <P extends Part<?, P>> void add(LocalHost<?, P, ?> host, Object part) {
        host.add((P) part);
    }

    /** Hands over what was folded, and judges seconds up to the given one. */
    void advance(long second) {
        folds.forEach(Fold::flush);
        shard.advance(second);
        shard.advanceProbedTargets(second);
    }

    /** Lets go of the folds: from now on only what rules remember is on the heap. */
    void forgetFolds() {
        folds.clear();
    }

    /** Those about one kind of subject, by their uid. */
    LocalHost<?, ?, ?> of(String uid) {
        return Objects.requireNonNull(hosts.get(uid), uid);
    }

    /** Those about each kind of subject by their uid. */
    Map<String, LocalHost<?, ?, ?>> hosts() {
        return hosts;
    }

    /** Bytes of heap that are in use. */
    static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
