package io.tripline.job.stream;

import io.tripline.job.activity.ActivityFold;
import io.tripline.job.activity.Fold;
import io.tripline.job.activity.TrafficFold;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Folds for each sensor apart, since what a part holds must be what one sensor saw: two sensors may see the same packets. So each sensor has limits of its own,
 * too. A sensor that told nothing between two checkpoints gives its folds back; so do those heard longest ago, where there are more than {@link #SENSORS}.
 */
final class SensorFolds {
    /** One operator's sensors at a time; more take turns, which costs speed and nothing else. */
    static final int SENSORS = 256;

    /**
     * The folds of one sensor.
     *
     * @param givenBack what to do when they are not needed any more
     */
    record Lane(ActivityFold activities, List<Fold> others, TrafficFold traffic, Runnable givenBack) {
        private void add(PacketBatch batch) {
            activities.add(batch);
            for (Fold fold : others) {
                fold.add(batch);
            }
            traffic.add(batch);
        }

        private void flushThrough(long second) {
            activities.flush();
            others.forEach(Fold::flush);
            traffic.flushThrough(second);
        }

        private void flush() {
            activities.flush();
            others.forEach(Fold::flush);
            traffic.flush();
        }
    }

    private final Supplier<Lane> maker;
    private final Map<String, Lane> lanes = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> heard = new HashSet<>();
    private String sensor = "";
    private @Nullable Lane lane;

    SensorFolds(Supplier<Lane> maker) {
        this.maker = maker;
    }

    void add(PacketBatch batch) {
        laneOf(batch.getSensor()).add(batch);
    }

    private Lane laneOf(String name) {
        Lane current = lane;
        if (current != null && sensor.equals(name)) {
            return current;
        }
        Lane known = lanes.get(name);
        if (known == null) {
            known = open(name);
        }
        heard.add(name);
        sensor = name;
        lane = known;
        return known;
    }

    private Lane open(String name) {
        if (lanes.size() == SENSORS) {
            String eldest = lanes.keySet().iterator().next();
            close(eldest);
        }
        Lane made = maker.get();
        lanes.put(name, made);
        if (lanes.size() > 1) {
            lanes.values().forEach(each -> each.activities().takeStrays());
        }
        return made;
    }

    private void close(String name) {
        Lane gone = lanes.remove(name);
        if (gone != null) {
            gone.flush();
            gone.givenBack().run();
        }
    }

    /** Hands over all that rules wait for, and the minutes that end with the given second or before. */
    void flushThrough(long second) {
        lanes.values().forEach(each -> each.flushThrough(second));
    }

    /** Hands over all there is. */
    void flush() {
        lanes.values().forEach(Lane::flush);
    }

    /** Gives back the folds of sensors that told nothing since this was last called. All must have been handed over. */
    void forgetSilent() {
        for (String name : new ArrayList<>(lanes.keySet())) {
            if (!heard.contains(name)) {
                close(name);
            }
        }
        heard.clear();
        lane = null;
    }
}
