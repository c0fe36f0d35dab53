package io.tripline.bench;

import io.tripline.rules.JobSettings;
import io.tripline.rules.Subjects;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One of the job's folds, told by the kind of subject that it makes parts of.
 *
 * @param subject uid of the operator that judges the parts
 * @param parts how the parts cross the network
 * @param make makes the fold with where its parts go
 */
record FoldKind(String subject, Codec<?> parts, Function<Consumer<Object>, Fold> make) {
    /** All folds of a job with the settings that hold without a file. */
    static List<FoldKind> all() {
        List<FoldKind> kinds = new ArrayList<>();
        kinds.add(new FoldKind(ActorRules.UID, Activity.CODEC, parts -> new ActivityFold(parts::accept)));
        for (Subject<?, ?, ?> subject : Subjects.on(JobSettings.DEFAULT)) {
            if (subject.feed() != Feed.ACTORS) {
                kinds.add(of(subject));
            }
        }
        return kinds;
    }

    private static <P extends Part<?, P>> FoldKind of(Subject<?, P, ?> subject) {
        Function<Consumer<Object>, Fold> make = subject.feed() == Feed.TRAFFIC
                ? Seconds::new
                : parts -> subject.fold().fold(JobSettings.DEFAULT, parts::accept);
        return new FoldKind(subject.uid(), subject.part(), make);
    }

    @SuppressWarnings("unchecked") // The codec is that of this kind's parts.
    Codec<Object> codec() {
        return (Codec<Object>) parts;
    }

    /** The seconds of the fold that counts all traffic; its minutes are folded and thrown away. */
    private static final class Seconds implements Fold {
        private final TrafficFold fold;

        Seconds(Consumer<Object> seconds) {
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
}
