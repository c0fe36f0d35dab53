package io.tripline.bench;

import io.tripline.rules.probe.Activity;
import io.tripline.rules.engine.Part;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.probe.slowscan.FailureLimits;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.Rules;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.engine.Trials;
import io.tripline.rules.JobSettings;
import io.tripline.job.stream.Subject;
import io.tripline.schemas.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Hosts the rules about one kind of subject as the job's operators do, but in a hash map instead of an engine. */
interface RuleHost {
    String name();

    /** Takes part of a subject's second. */
    void add(Object part);

    /** Lets the rules look at all seconds up to this one, which are complete. */
    void advance(long second);

    /** Subjects of which something is remembered. */
    int size();

    /** Forgets all subjects. */
    void clear();

    /** The rules about actors; what actors tried in vain goes on to the rules about targets. */
    static RuleHost ofActors(Consumer<Finding> findings, Consumer<TargetProbes> failures) {
        return ofActors(FailureRooms.single(FailureLimits.DEFAULT), findings, failures);
    }

    /** The same with room for failures that the caller looks at. */
    static RuleHost ofActors(FailureRooms rooms, Consumer<Finding> findings, Consumer<TargetProbes> failures) {
        return new Actors(rooms, findings, failures);
    }

    /** The rules about another kind of subject. */
    static <K, P extends Part<K, P>, S> RuleHost of(Subject<K, P, S> subject, Consumer<Finding> findings) {
        return new Subjects<>(subject, findings);
    }

    /** See {@link #ofActors}. */
    final class Actors implements RuleHost {
        private final ActorRules rules;
        private final Consumer<Finding> findings;
        private final Consumer<TargetProbes> failures;
        private Map<Address, ActorState> states = new HashMap<>();

        /** Who is due when, in place of an engine's timers; who is due earlier by now is there twice. */
        private final TreeMap<Long, List<Address>> due = new TreeMap<>();

        private Actors(FailureRooms rooms, Consumer<Finding> findings, Consumer<TargetProbes> failures) {
            this.rules = new ActorRules(Rules.aboutActors(Rules.Choice.DEFAULT, Trials.NONE), rooms);
            this.findings = findings;
            this.failures = failures;
        }

        @Override
        public String name() {
            return "actor-rules";
        }

        @Override
        public void add(Object part) {
            Activity activity = (Activity) part;
            ActorState state = states.computeIfAbsent(activity.actor(), actor -> new ActorState());
            long before = state.next();
            state.add(activity);
            if (state.next() < before) {
                due(activity.actor(), state);
            }
        }

        private void due(Address actor, ActorState state) {
            due.computeIfAbsent(state.next(), second -> new ArrayList<>()).add(actor);
        }

        @Override
        public void advance(long second) {
            while (!due.isEmpty() && due.firstKey() <= second) {
                Map.Entry<Long, List<Address>> now = due.pollFirstEntry();
                for (Address actor : now.getValue()) {
                    ActorState state = states.get(actor);
                    if (state != null && state.next() <= now.getKey()) {
                        rules.complete(state.next(), actor, state, findings, failures);
                        if (rules.isIdle(state)) {
                            states.remove(actor);
                        } else {
                            due(actor, state);
                        }
                    }
                }
            }
        }

        @Override
        public int size() {
            return states.size();
        }

        @Override
        public void clear() {
            states = new HashMap<>();
            due.clear();
        }
    }

    /** See {@link #of}. */
    final class Subjects<K, P extends Part<K, P>, S> implements RuleHost {
        private final String name;
        private final SubjectDetector<K, P, S> detector;
        private final Consumer<Finding> findings;
        private Map<K, SubjectState<P, S>> states = new HashMap<>();

        private Subjects(Subject<K, P, S> subject, Consumer<Finding> findings) {
            name = subject.uid();
            detector = subject.detector().detector(JobSettings.DEFAULT, Trials.NONE);
            this.findings = findings;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        @SuppressWarnings("unchecked") // The subject was recognised, so these are its parts.
        public void add(Object part) {
            P own = (P) part;
            states.computeIfAbsent(own.subject(), key -> new SubjectState<>()).add(own);
        }

        @Override
        public void advance(long second) {
            states.entrySet().removeIf(entry -> {
                SubjectState<P, S> state = entry.getValue();
                while (!state.isIdle() && state.next() <= second) {
                    state.complete(state.next(), entry.getKey(), detector, findings);
                }
                return state.isIdle();
            });
        }

        @Override
        public int size() {
            return states.size();
        }

        @Override
        public void clear() {
            states = new HashMap<>();
        }
    }
}
