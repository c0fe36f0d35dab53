package io.tripline.analyze;

import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.Part;
import io.tripline.rules.volume.SegmentVolumes;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.Rules;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.engine.Trials;
import io.tripline.rules.JobSettings;
import io.tripline.job.stream.Subject;
import io.tripline.job.stream.Subjects;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rules over batches in this thread, without Flink: what the job does for one key after another, this does for all of them second by second. A
 * second is complete when the stream has gone on for two more, as in the job.
 */
final class Replay {
    private static final long SECOND = 1_000_000;
    private static final int DISORDER_SECONDS = 2;

    private final List<Hosted> hosted = new ArrayList<>();
    private long complete = Long.MIN_VALUE;

    /** Rules about one kind of subject with their states. */
    private interface Hosted {
        void add(PacketBatch batch);

        void flush();

        /** Completes all seconds up to the one given. */
        void advance(long second);
    }

    /** Adds the rules about one actor. */
    void actor(Address actor, JobSettings settings, Trials trials, Consumer<Finding> findings) {
        hosted.add(new Actor(actor, new ActorRules(Rules.aboutActors(settings, trials), trials), findings));
    }

    /** Adds the rules about all subjects of one kind. */
    <K, P extends Part<K, P>, S> void subjects(
            Subject<K, P, S> subject, JobSettings settings, Trials trials, Consumer<Finding> findings) {
        if (Subjects.isFedByActors(subject)) {
            hosted.add(new OfKind<>(
                    subject, settings, trials, findings, parts -> new AllActors(settings, part -> add(part, parts))));
        } else if (Subjects.isFedByTraffic(subject)) {
            hosted.add(
                    new OfKind<>(subject, settings, trials, findings, parts -> new Traffic(part -> add(part, parts))));
        } else {
            hosted.add(new OfKind<>(
                    subject,
                    settings,
                    trials,
                    findings,
                    parts -> new Folded(subject.fold().fold(settings, parts))));
        }
    }

    @SuppressWarnings("unchecked") // The subject was recognised, so these are its parts.
    private static <P> void add(Part<?, ?> part, Consumer<P> parts) {
        parts.accept((P) part);
    }

    void add(PacketBatch batch) {
        hosted.forEach(rules -> rules.add(batch));
        long second = Math.floorDiv(batch.getNewest(), SECOND) - DISORDER_SECONDS;
        if (second > complete) {
            complete = second;
            hosted.forEach(Hosted::flush);
            hosted.forEach(rules -> rules.advance(second));
        }
    }

    /** Ends the stream: all that is open is closed. */
    void finish() {
        hosted.forEach(Hosted::flush);
        hosted.forEach(rules -> rules.advance(Long.MAX_VALUE - 1));
    }

    private static final class Actor implements Hosted {
        private final ActorRules rules;
        private final Address actor;
        private final Consumer<Finding> findings;
        private final ActorState state = new ActorState();
        private final Fold fold;

        Actor(Address actor, ActorRules rules, Consumer<Finding> findings) {
            this.actor = actor;
            this.rules = rules;
            this.findings = findings;
            this.fold = new ActivityFold(this::keep);
        }

        private void keep(Activity activity) {
            if (activity.actor().equals(actor)) {
                state.add(activity);
            }
        }

        @Override
        public void add(PacketBatch batch) {
            fold.add(batch);
        }

        @Override
        public void flush() {
            fold.flush();
        }

        @Override
        public void advance(long second) {
            while (!rules.isIdle(state) && state.next() <= second) {
                rules.complete(state.next(), actor, state, findings);
            }
        }
    }

    private static final class OfKind<K, P extends Part<K, P>, S> implements Hosted {
        private final SubjectDetector<K, P, S> detector;
        private final Map<K, SubjectState<P, S>> states = new HashMap<>();
        private final Consumer<Finding> findings;
        private final Feed feed;

        OfKind(
                Subject<K, P, S> subject,
                JobSettings settings,
                Trials trials,
                Consumer<Finding> findings,
                Function<Consumer<P>, Feed> feeds) {
            this.detector = subject.detector().detector(settings, trials);
            this.findings = finding -> {
                if (settings.isOn(finding.rule())) {
                    findings.accept(finding);
                }
            };
            this.feed = feeds.apply(part -> states.computeIfAbsent(part.subject(), key -> new SubjectState<>())
                    .add(part));
        }

        @Override
        public void add(PacketBatch batch) {
            feed.add(batch);
        }

        @Override
        public void flush() {
            feed.flush();
        }

        @Override
        public void advance(long second) {
            feed.advance(second);
            for (Iterator<Map.Entry<K, SubjectState<P, S>>> all =
                            states.entrySet().iterator();
                    all.hasNext(); ) {
                Map.Entry<K, SubjectState<P, S>> entry = all.next();
                SubjectState<P, S> state = entry.getValue();
                while (!state.isIdle() && state.next() <= second) {
                    state.complete(state.next(), entry.getKey(), detector, findings);
                }
                if (state.isIdle()) {
                    all.remove();
                }
            }
        }
    }

    /** Where a subject's parts come from. */
    private interface Feed extends Fold {
        /** Hands over what is known of all seconds up to the one given. */
        default void advance(long second) {}
    }

    /** A fold of the subject's own. */
    private record Folded(Fold fold) implements Feed {
        @Override
        public void add(PacketBatch batch) {
            fold.add(batch);
        }

        @Override
        public void flush() {
            fold.flush();
        }
    }

    /** The seconds of the fold that counts all traffic. */
    private static final class Traffic implements Feed {
        private final TrafficFold fold;

        Traffic(Consumer<SegmentVolumes> seconds) {
            fold = new TrafficFold(seconds, minute -> {}, event -> {});
        }

        @Override
        public void add(PacketBatch batch) {
            fold.add(batch);
        }

        @Override
        public void flush() {
            fold.flushSecond();
        }
    }

    /** The rules about all actors, for what these tried in vain. */
    private static final class AllActors implements Feed {
        private final ActorRules rules;
        private final Map<Address, ActorState> states = new HashMap<>();
        private final ActivityFold fold = new ActivityFold(this::keep);
        private final Consumer<TargetProbes> failures;

        AllActors(JobSettings settings, Consumer<TargetProbes> failures) {
            this.rules = new ActorRules(Rules.aboutActors(settings, Trials.NONE));
            this.failures = failures;
        }

        private void keep(Activity activity) {
            states.computeIfAbsent(activity.actor(), key -> new ActorState()).add(activity);
        }

        @Override
        public void add(PacketBatch batch) {
            fold.add(batch);
        }

        @Override
        public void flush() {
            fold.flush();
        }

        @Override
        public void advance(long second) {
            states.entrySet().removeIf(entry -> {
                ActorState state = entry.getValue();
                while (!rules.isIdle(state) && state.next() <= second) {
                    rules.complete(state.next(), entry.getKey(), state, finding -> {}, failures);
                }
                return rules.isIdle(state);
            });
        }
    }
}
