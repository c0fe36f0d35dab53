package io.tripline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.Part;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.Zones;
import io.tripline.job.stream.Subject;
import io.tripline.job.stream.Subjects;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.engine.Trials;

/** Plays what a sensor tells to all rules at once, about actors and about every other kind of subject; in the end nothing may be left. */
public final class AllRules {
    private final List<Finding> findings = new ArrayList<>();
    private final List<Fold> folds = new ArrayList<>();
    private final List<Kind<?, ?, ?>> kinds = new ArrayList<>();
    private final Map<Address, ActorState> actors = new TreeMap<>();
    private Consumer<TargetProbes> failures = probes -> {};

    /** Subjects of one kind and their rules. */
    private static final class Kind<K, P extends Part<K, P>, S> {
        private final SubjectDetector<K, P, S> detector;
        private final Map<K, SubjectState<P, S>> states = new LinkedHashMap<>();

        Kind(Subject<K, P, S> subject) {
            detector = subject.detector().detector(JobSettings.DEFAULT, Trials.NONE);
        }

        void add(P part) {
            states.computeIfAbsent(part.subject(), key -> new SubjectState<>()).add(part);
        }

        void complete(Consumer<Finding> findings) {
            states.forEach((key, state) -> {
                while (!state.isIdle()) {
                    state.complete(state.next(), key, detector, findings);
                }
                assertThat(state.next()).isEqualTo(SubjectState.NEVER);
            });
        }
    }

    private AllRules() {
        folds.add(new ActivityFold(activity -> actors.computeIfAbsent(activity.actor(), actor -> new ActorState())
                .add(activity)));
        Subjects.ALL.forEach(this::host);
    }

    private <K, P extends Part<K, P>, S> void host(Subject<K, P, S> subject) {
        Kind<K, P, S> kind = new Kind<>(subject);
        kinds.add(kind);
        if (Subjects.isFedByActors(subject)) {
            failures = probes -> add(kind, probes);
        } else if (Subjects.isFedByTraffic(subject)) {
            TrafficFold traffic = new TrafficFold(second -> add(kind, second), minute -> {}, event -> {});
            folds.add(new Fold() {
                @Override
                public void add(PacketBatch batch) {
                    traffic.add(batch);
                }

                @Override
                public void flush() {
                    traffic.flushSecond();
                }
            });
        } else {
            folds.add(subject.fold().fold(JobSettings.DEFAULT, kind::add));
        }
    }

    @SuppressWarnings("unchecked") // The subject was recognised, so these are its parts.
    private static <P extends Part<?, P>> void add(Kind<?, P, ?> kind, Part<?, ?> part) {
        kind.add((P) part);
    }

    /** The alerts with which incidents close. */
    public static List<Alert> alerts(List<PacketBatch> batches) {
        AllRules play = new AllRules();
        batches.forEach(batch -> play.folds.forEach(fold -> fold.add(batch)));
        play.folds.forEach(Fold::flush);
        ActorRules rules = ActorRules.defaults();
        play.actors.forEach((actor, state) -> {
            while (state.next() != ActorState.NEVER && !rules.isIdle(state)) {
                rules.complete(state.next(), actor, state, play.findings::add, play.failures);
            }
        });
        play.kinds.forEach(kind -> kind.complete(play.findings::add));
        AlertAssembler assembler = new AlertAssembler(Zones.DEFAULT, RuleCatalogue.DEFAULT);
        return play.findings.stream()
                .filter(finding -> finding.stage() == Finding.Stage.CLOSED)
                .map(assembler::assemble)
                .toList();
    }
}
