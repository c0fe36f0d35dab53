package io.tripline.rules;

import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Late;
import io.tripline.rules.engine.LocalHost;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.probe.slowscan.FailureRooms;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules about the subjects of one share of all keys, in one thread. Rules about probed targets come after those about actors, which tell what was
 * probed.
 */
public final class RuleShard {
    /** The kind of subject that actors are, see {@link #kind}. */
    static final int ACTORS = 0;

    private static final int PROBED_TARGETS = kind(Subjects.PROBED_TARGETS);

    /** By the kind of their subjects; null where no rule about these is on. */
    private final @Nullable LocalHost<?, ?, ?>[] hosts = new LocalHost<?, ?, ?>[1 + Subjects.ALL.size()];

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
        hosts[ACTORS] =
                new LocalHost<>(ActorRules.UID, rules.hosted(failures), ActorRules.MOST, output::finding, output::late);
        for (Subject<?, ?, ?> subject : Subjects.on(settings)) {
            hosts[kind(subject)] = host(subject, settings, trace, output);
        }
    }

    private static <K, P extends Part<K, P>, S> LocalHost<K, P, SubjectState<P, S>> host(
            Subject<K, P, S> subject, JobSettings settings, DecisionTrace trace, Output output) {
        return new LocalHost<>(
                subject.uid(), subject.hosted(settings, trace), subject.most(), output::finding, output::late);
    }

    /** Numbers kinds of subject. */
    static int kind(Subject<?, ?, ?> subject) {
        return 1 + Subjects.ALL.indexOf(subject);
    }

    /**
     * Takes in what a subject did in a part of a second.
     *
     * @param kind of the subject, of which a rule is on
     */
    void add(int kind, Part<?, ?> part) {
        add(Objects.requireNonNull(hosts[kind]), part);
    }

    @SuppressWarnings("unchecked") // The caller numbers the kind of the part's subject.
    private static <P extends Part<?, P>> void add(LocalHost<?, P, ?> host, Part<?, ?> part) {
        host.add((P) part);
    }

    /** All hosts by the uid of their rules. */
    public Map<String, LocalHost<?, ?, ?>> hosts() {
        Map<String, LocalHost<?, ?, ?>> all = new LinkedHashMap<>();
        all.put(ActorRules.UID, Objects.requireNonNull(hosts[ACTORS]));
        for (Subject<?, ?, ?> subject : Subjects.ALL) {
            LocalHost<?, ?, ?> host = hosts[kind(subject)];
            if (host != null) {
                all.put(subject.uid(), host);
            }
        }
        return all;
    }

    /** Judges all seconds through the one given, but for those of probed targets: what was probed in it is not known before this returns. */
    public void advance(long second) {
        for (int kind = ACTORS; kind < hosts.length; kind++) {
            LocalHost<?, ?, ?> host = hosts[kind];
            if (host != null && kind != PROBED_TARGETS) {
                host.advance(second);
            }
        }
    }

    /** Judges what was probed in all seconds through the one given. */
    public void advanceProbedTargets(long second) {
        LocalHost<?, ?, ?> host = hosts[PROBED_TARGETS];
        if (host != null) {
            host.advance(second);
        }
    }
}
