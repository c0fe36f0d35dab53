package io.tripline.rules;

import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Late;
import io.tripline.rules.engine.LocalHost;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.schemas.Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The rules about the subjects of one share of all keys, in one thread. Rules about probed targets come after those about actors, which tell what was
 * probed.
 */
public final class RuleShard {
    private final LocalHost<Address, Activity, ActorState> actors;
    private final Map<String, LocalHost<?, ?, ?>> others = new LinkedHashMap<>();

    /** What rules tell. */
    public interface Output {
        void finding(Finding finding);

        void late(Late late);
    }

    /**
     * Rules that have seen nothing.
     *
     * @param rooms for what actors fail in
     * @param trace hears of each test
     * @param probes takes what actors of this share probed without success; their targets may be another's
     */
    public RuleShard(
            JobSettings settings,
            FailureRooms rooms,
            DecisionTrace trace,
            Output output,
            Consumer<TargetProbes> probes) {
        ActorRules rules = new ActorRules(Rules.aboutActors(settings, trace), trace, rooms);
        Consumer<TargetProbes> failures = settings.isAnyOn(Subjects.PROBED_TARGETS.uid()) ? probes : none -> {};
        actors =
                new LocalHost<>(ActorRules.UID, rules.hosted(failures), ActorRules.MOST, output::finding, output::late);
        for (Subject<?, ?, ?> subject : Subjects.on(settings)) {
            others.put(subject.uid(), host(subject, settings, trace, output));
        }
    }

    private static <K, P extends Part<K, P>, S> LocalHost<K, P, SubjectState<P, S>> host(
            Subject<K, P, S> subject, JobSettings settings, DecisionTrace trace, Output output) {
        return new LocalHost<>(
                subject.uid(), subject.hosted(settings, trace), subject.most(), output::finding, output::late);
    }

    /** Those about actors. */
    public LocalHost<Address, Activity, ActorState> actors() {
        return actors;
    }

    /** Those about one kind of subject, of which a rule is on. */
    @SuppressWarnings("unchecked") // Put there for this subject.
    public <P extends Part<?, P>> LocalHost<?, P, ?> of(Subject<?, P, ?> subject) {
        return (LocalHost<?, P, ?>) Objects.requireNonNull(others.get(subject.uid()), subject.uid());
    }

    /** All hosts by the uid of their rules. */
    public Map<String, LocalHost<?, ?, ?>> hosts() {
        Map<String, LocalHost<?, ?, ?>> all = new LinkedHashMap<>();
        all.put(ActorRules.UID, actors);
        all.putAll(others);
        return all;
    }

    /** Judges all seconds through the one given, but for those of probed targets: what was probed in it is not known before this returns. */
    public void advance(long second) {
        actors.advance(second);
        for (Subject<?, ?, ?> subject : Subjects.ALL) {
            LocalHost<?, ?, ?> host = others.get(subject.uid());
            if (host != null && subject.feed() != Feed.ACTORS) {
                host.advance(second);
            }
        }
    }

    /** Judges what was probed in all seconds through the one given. */
    public void advanceProbedTargets(long second) {
        LocalHost<?, ?, ?> host = others.get(Subjects.PROBED_TARGETS.uid());
        if (host != null) {
            host.advance(second);
        }
    }
}
