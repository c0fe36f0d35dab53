package io.tripline.job.stream;

import io.tripline.job.kafka.BatchNumbers;
import io.tripline.rules.JobSettings;
import io.tripline.rules.RuleChoice;
import io.tripline.rules.Rules;
import io.tripline.rules.Subjects;
import io.tripline.rules.alert.AlertAssembler;
import io.tripline.rules.alert.AlertPolicy;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.alert.Standing;
import io.tripline.rules.alert.Zones;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.Late;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.intel.IntelIndex;
import io.tripline.rules.intel.IntelList;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.ratelimit.Limit;
import io.tripline.rules.ratelimit.RateLimit;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A few values of each type that is stored, as captures of the project's lead to them: one of about {@link #MOST} bytes
 * for each set of rules that have an incident open about it.
 */
final class StateSamples {
    private static final int MOST = 8_192;
    private static final int TOO_MUCH = 40_000;

    private final Map<String, Map<String, byte[]>> samples = new TreeMap<>();
    private final Map<Address, ActorState> actors = new TreeMap<>();
    private final List<Kind<?, ?, ?>> kinds = new ArrayList<>();
    /** Lists and a limit, without which there is nothing of their kinds to store. */
    private static final JobSettings SETTINGS = new JobSettings(
            AlertPolicy.DEFAULT,
            Map.of(
                    RateLimit.RULE,
                    new RuleChoice(
                            true,
                            new RateLimit.Settings(
                                    List.of(new Limit(
                                            "icmp-per-second",
                                            Limit.Count.ICMP,
                                            Duration.ofSeconds(1),
                                            3,
                                            List.of(),
                                            32,
                                            128,
                                            Severity.LOW)),
                                    Duration.ofSeconds(60)))),
            listed());

    private final AlertAssembler assembler = new AlertAssembler(Zones.DEFAULT, Rules.CATALOGUE);

    /** Subjects of one kind. */
    private final class Kind<K, P extends Part<K, P>, S> {
        private final Subject<K, P, S> subject;
        private final SubjectDetector<K, P, S> detector;
        private final Map<K, SubjectState<P, S>> states = new LinkedHashMap<>();
        private final Codec<P> parts;

        Kind(Subject<K, P, S> subject) {
            this.subject = subject;
            detector = subject.detector().detector(SETTINGS, DecisionTrace.NONE);
            parts = subject.part();
        }

        void add(P part) {
            take(subject.key(), part.subject(), "");
            take(parts, part, "");
            states.computeIfAbsent(part.subject(), key -> new SubjectState<>()).add(part);
        }

        @SuppressWarnings("unchecked") // The subject was recognised, so this is a part of it.
        void addAny(Part<?, ?> part) {
            add((P) part);
        }

        void complete() {
            states.forEach((key, state) -> {
                SortedSet<String> open = new TreeSet<>();
                while (state.next() != SubjectState.NEVER) {
                    state.complete(state.next(), key, detector, finding -> tell(finding, open));
                    take(subject.state(), state, open.toString());
                }
            });
        }
    }

    private StateSamples() {
        Subjects.ALL.forEach(subject -> kinds.add(new Kind<>(subject)));
    }

    /** Values of each type by its id, one after the other. */
    static Map<String, byte[]> play(String... captures) throws IOException {
        StateSamples play = new StateSamples();
        for (String capture : captures) {
            play.fold(Recorded.together(capture));
        }
        play.complete();
        Map<String, byte[]> whole = new TreeMap<>();
        play.samples.forEach((id, values) -> {
            DataOutputSerializer out = new DataOutputSerializer(MOST);
            values.values().forEach(value -> write(value, out));
            whole.put(id, out.getCopyOfBuffer());
        });
        return whole;
    }

    private static void write(byte[] value, DataOutputSerializer out) {
        try {
            out.write(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fold(List<PacketBatch> batches) {
        List<Fold> folds = new ArrayList<>();
        folds.add(new ActivityFold(activity -> {
            take(Types.ACTIVITY.codec(), activity, "");
            take(Types.ADDRESS.codec(), activity.actor(), "");
            take(Late.CODEC, Late.of(ActorFunction.UID, activity), "");
            actors.computeIfAbsent(activity.actor(), actor -> new ActorState()).add(activity);
        }));
        folds.add(new TrafficFold(
                second -> kind(Subjects.VOLUMES).addAny(second),
                minute -> {
                    take(Types.TRAFFIC_MINUTE.codec(), minute, "");
                    take(MinuteKey.TYPE.codec(), MinuteKey.of(minute), "");
                },
                event -> take(Types.INDICATOR_EVENT.codec(), event, "")));
        kinds.forEach(kind -> folds.add(fold(kind, SETTINGS)));
        BatchNumbers numbers = new BatchNumbers("tap", 1, 2);
        batches.forEach(batch -> numbers.add(batch.getSequence()));
        take(BatchNumbers.TYPE.codec(), numbers, "");
        batches.forEach(batch -> {
            // As a live sensor sends it, so that what it tells of itself is there as well.
            batch.setSentAt(batch.getNewest());
            folds.forEach(fold -> fold.add(batch));
        });
        folds.forEach(Fold::flush);
    }

    private static <P extends Part<?, P>> Fold fold(Kind<?, P, ?> kind, JobSettings settings) {
        Consumer<P> parts = kind::add;
        return kind.subject.fold().fold(settings, parts);
    }

    private static IntelIndex listed() {
        IntelIndex.Builder index = new IntelIndex.Builder();
        index.list(new IntelList("feed", "c2"));
        // Private networks, in which most captures were made.
        index.add(Address.ofIpv4(10 << 24), 8);
        index.add(Address.ofIpv4(192 << 24 | 168 << 16), 16);
        return index.build();
    }

    private Kind<?, ?, ?> kind(Subject<?, ?, ?> subject) {
        return kinds.stream()
                .filter(kind -> kind.subject.equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private void complete() {
        ActorRules rules = Rules.aboutActors();
        actors.forEach((actor, state) -> {
            SortedSet<String> open = new TreeSet<>();
            while (state.next() != ActorState.NEVER && !rules.isIdle(state)) {
                rules.complete(
                        state.next(),
                        actor,
                        state,
                        finding -> tell(finding, open),
                        kind(Subjects.PROBED_TARGETS)::addAny);
                take(Types.ACTOR_STATE.codec(), state, open.toString());
            }
        });
        kinds.forEach(Kind::complete);
    }

    private void tell(Finding finding, Set<String> open) {
        if (finding.stage() == Finding.Stage.CLOSED) {
            open.remove(finding.rule());
        } else {
            open.add(finding.rule());
        }
        take(Types.FINDING.codec(), finding, finding.rule());
        take(Types.ALERT.codec(), assembler.assemble(finding), "");
        take(Types.STANDING.codec(), new Standing(finding, true), finding.rule());
    }

    private <T> void take(Codec<T> codec, T value, String open) {
        CodecSerializer<T> serializer = new CodecSerializer<>(codec);
        DataOutputSerializer out = new DataOutputSerializer(MOST);
        try {
            serializer.serialize(value, out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        byte[] bytes = out.getCopyOfBuffer();
        if (bytes.length > TOO_MUCH) {
            return;
        }
        samples.computeIfAbsent(codec.format().id(), id -> new TreeMap<>()).merge(open, bytes, StateSamples::better);
    }

    /** The longest that is no longer than what will do, or the shortest. */
    private static byte[] better(byte[] one, byte[] other) {
        boolean isLonger = other.length > one.length;
        return isLonger == Math.max(one.length, other.length) <= MOST ? other : one;
    }
}
