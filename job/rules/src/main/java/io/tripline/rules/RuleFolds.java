package io.tripline.rules;

import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.SegmentVolumes;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Folds batches for all rules that are on, for each sensor apart, see {@link SensorFolds}; and counts traffic beside. */
public final class RuleFolds {
    private final SensorFolds folds;
    private final List<Fold> together = new ArrayList<>();
    private final Map<String, LongSupplier> notFollowed = new LinkedHashMap<>();

    /** Where parts go. */
    public interface Output {
        void activity(Activity activity);

        /** Where the parts of one kind of subject go. */
        <P extends Part<?, P>> Consumer<P> parts(Subject<?, P, ?> subject);

        void minute(TrafficMinute minute);

        void event(IndicatorEvent event);
    }

    /** Folds that have seen nothing, with the lists of the settings. */
    public RuleFolds(JobSettings settings, Output output) {
        List<Subject<?, ?, ?>> subjects = new ArrayList<>();
        for (Subject<?, ?, ?> subject : Subjects.on(settings)) {
            if (subject.feed() == Feed.ALL_SENSORS) {
                together.add(fold(subject, settings, output));
            } else if (subject.feed() == Feed.RECORDS) {
                subjects.add(subject);
            }
        }
        DroppedSubjects actors = counted(ActorRules.UID);
        List<DroppedSubjects> others =
                subjects.stream().map(subject -> counted(subject.uid())).toList();
        boolean judgesVolume = settings.isAnyOn(Subjects.VOLUMES.uid());
        Consumer<SegmentVolumes> volumes = judgesVolume ? output.parts(Subjects.VOLUMES) : second -> {};
        folds = new SensorFolds(() -> {
            ActivityFold activities = actors.of(new ActivityFold(output::activity));
            List<Fold> made = new ArrayList<>();
            for (int i = 0; i < subjects.size(); i++) {
                made.add(others.get(i).of(fold(subjects.get(i), settings, output)));
            }
            TrafficFold traffic = new TrafficFold(volumes, output::minute, output::event);
            return new SensorFolds.Lane(activities, List.copyOf(made), traffic, () -> {
                actors.giveBack(activities);
                for (int i = 0; i < made.size(); i++) {
                    others.get(i).giveBack(made.get(i));
                }
            });
        });
    }

    private static <P extends Part<?, P>> Fold fold(Subject<?, P, ?> subject, JobSettings settings, Output output) {
        return subject.fold().fold(settings, output.parts(subject));
    }

    private DroppedSubjects counted(String uid) {
        DroppedSubjects left = new DroppedSubjects();
        notFollowed.put(uid, left::count);
        return left;
    }

    /** How many subjects of each kind folds left out so far, by the uid of the rules. Another thread may ask. */
    public Map<String, LongSupplier> notFollowed() {
        return notFollowed;
    }

    public void add(PacketBatch batch) {
        folds.add(batch);
        together.forEach(fold -> fold.add(batch));
    }

    /**
     * Folds a batch that has a time of its own.
     *
     * @param time when it counts, milliseconds since the epoch, see {@link Fold#add(PacketBatch, long)}
     */
    public void add(PacketBatch batch, long time) {
        folds.add(batch);
        together.forEach(fold -> fold.add(batch, time));
    }

    /** Hands over all that rules wait for, and the minutes that end with the given second or before. */
    public void flushThrough(long second) {
        together.forEach(Fold::flush);
        folds.flushThrough(second);
    }

    /** Hands over all there is. */
    public void flush() {
        together.forEach(Fold::flush);
        folds.flush();
    }

    /** Gives back the folds of sensors that told nothing since this was last called. All must have been handed over. */
    public void forgetSilent() {
        folds.forgetSilent();
    }
}
