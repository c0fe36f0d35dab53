package io.tripline.bench;

import io.tripline.job.activity.ActivityFold;
import io.tripline.job.activity.Fold;
import io.tripline.job.activity.Part;
import io.tripline.job.activity.TargetProbes;
import io.tripline.job.activity.TrafficFold;
import io.tripline.job.detect.ActorRules;
import io.tripline.job.detect.ActorState;
import io.tripline.job.detect.SubjectDetector;
import io.tripline.job.detect.SubjectState;
import io.tripline.job.detect.Trials;
import io.tripline.job.settings.JobSettings;
import io.tripline.job.stream.Subject;
import io.tripline.job.stream.Subjects;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.flow.SensorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the rules remember of each kind of subject at the end of a capture: subjects, bytes of heap for each and for all. Plays the capture
 * once, without an engine, and then lets go of one kind after another, so that the heap shows what each held. A subject's key counts; what an
 * engine's own tables and timers add does not (about 150 bytes a subject on Flink's heap).
 */
public final class StateBench {
    private static final int STEP = 4_096;
    private static final long SECOND = 1_000_000;
    private static final int DISORDER_SECONDS = 2;

    private final List<Kind> kinds = new ArrayList<>();
    private final List<Fold> folds = new ArrayList<>();
    private Consumer<TargetProbes> failures = probes -> {};
    private long complete = Long.MIN_VALUE;

    /** States of one kind of subject. */
    private interface Kind {
        String name();

        void advance(long second);

        int size();

        void clear();
    }

    private StateBench() {
        Actors actors = new Actors();
        kinds.add(actors);
        folds.add(new ActivityFold(activity -> actors.states
                .computeIfAbsent(activity.actor(), actor -> new ActorState())
                .add(activity)));
        Subjects.ALL.forEach(this::host);
    }

    /**
     * Plays a capture and prints a line for each kind of subject.
     *
     * @param arguments one capture file
     * @throws IOException when it cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        StateBench bench = new StateBench();
        bench.play(List.of(arguments));
        bench.folds.clear();
        bench.print();
    }

    private void play(List<String> files) throws IOException {
        Sensor sensor = new Sensor(SensorSettings.of("bench", ""), this::add);
        try (Captures captures = Captures.open(files, InputStream.nullInputStream())) {
            while (captures.read(sensor, STEP) > 0) {
                // the sensor hands batches on
            }
        }
        sensor.flush();
    }

    private void add(PacketBatch batch) {
        folds.forEach(fold -> fold.add(batch));
        long second = Math.floorDiv(batch.getNewest(), SECOND) - DISORDER_SECONDS;
        if (second > complete) {
            complete = second;
            folds.forEach(Fold::flush);
            kinds.forEach(kind -> kind.advance(second));
        }
    }

    private void print() {
        System.out.printf(Locale.ROOT, "%-22s %10s %12s %8s%n", "kind", "subjects", "bytes", "each");
        long all = 0;
        long before = used();
        for (Kind kind : kinds) {
            int size = kind.size();
            kind.clear();
            long after = used();
            long bytes = Math.max(0, before - after);
            all += bytes;
            System.out.printf(
                    Locale.ROOT, "%-22s %,10d %,12d %,8d%n", kind.name(), size, bytes, bytes / Math.max(1, size));
            before = after;
        }
        System.out.printf(Locale.ROOT, "%-22s %10s %,12d%n", "all", "", all);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private <K, P extends Part<K, P>, S> void host(Subject<K, P, S> subject) {
        Hosted<K, P, S> kind = new Hosted<>(subject);
        kinds.add(kind);
        if (Subjects.isFedByActors(subject)) {
            failures = kind::addPart;
        } else if (Subjects.isFedByTraffic(subject)) {
            folds.add(new Seconds(kind::addPart));
        } else {
            folds.add(subject.fold().fold(JobSettings.DEFAULT, kind::add));
        }
    }

    /** The seconds of the fold that counts all traffic. */
    private static final class Seconds implements Fold {
        private final TrafficFold fold;

        Seconds(Consumer<Part<?, ?>> seconds) {
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

    private final class Actors implements Kind {
        private final ActorRules rules = ActorRules.defaults();
        private Map<Address, ActorState> states = new HashMap<>();

        @Override
        public String name() {
            return "actor-rules";
        }

        @Override
        public void advance(long second) {
            states.entrySet().removeIf(entry -> {
                ActorState state = entry.getValue();
                while (!rules.isIdle(state) && state.next() <= second) {
                    rules.complete(
                            state.next(), entry.getKey(), state, finding -> {}, probes -> failures.accept(probes));
                }
                return rules.isIdle(state);
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

    private static final class Hosted<K, P extends Part<K, P>, S> implements Kind {
        private final String name;
        private final SubjectDetector<K, P, S> detector;
        private Map<K, SubjectState<P, S>> states = new HashMap<>();

        Hosted(Subject<K, P, S> subject) {
            name = subject.uid();
            detector = subject.detector().detector(JobSettings.DEFAULT, Trials.NONE);
        }

        void add(P part) {
            states.computeIfAbsent(part.subject(), key -> new SubjectState<>()).add(part);
        }

        @SuppressWarnings("unchecked") // The subject was recognised, so these are its parts.
        void addPart(Part<?, ?> part) {
            add((P) part);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void advance(long second) {
            states.entrySet().removeIf(entry -> {
                SubjectState<P, S> state = entry.getValue();
                while (!state.isIdle() && state.next() <= second) {
                    state.complete(state.next(), entry.getKey(), detector, finding -> {});
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
