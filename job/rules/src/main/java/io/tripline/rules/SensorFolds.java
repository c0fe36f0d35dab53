package io.tripline.rules;

import io.tripline.rules.engine.Fold;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.traffic.TrafficFold;
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
 * too. Folds begin with about 40 kB and grow with what their sensor tells. A sensor that told nothing between two checkpoints gives its folds back; so do
 * those heard longest ago where there are more than {@link #SENSORS}, and the largest where all tables together take more than {@link #BYTES}. Who gives folds back
 * begins anew with the next batch: parts merge to the same, and only what the tables held has to grow again.
 */
final class SensorFolds {
    /** One operator's sensors at a time; more take turns, which costs speed and nothing else. */
    static final int SENSORS = 4_096;

    /** Of all sensors' tables; one sensor's take 25 MiB at most. */
    static final long BYTES = 256L << 20;

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

        private long bytes() {
            return traffic.bytes();
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
    private final int most;
    private final long mostBytes;
    private final Map<String, Lane> lanes = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> heard = new HashSet<>();
    private String sensor = "";
    private @Nullable Lane lane;

    SensorFolds(Supplier<Lane> maker) {
        this(maker, SENSORS, BYTES);
    }

    SensorFolds(Supplier<Lane> maker, int most, long mostBytes) {
        this.maker = maker;
        this.most = most;
        this.mostBytes = mostBytes;
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
        if (lanes.size() == most) {
            String eldest = lanes.keySet().iterator().next();
            close(eldest);
        }
        Lane made = maker.get();
        lanes.put(name, made);
        if (lanes.size() == 2) {
            lanes.values().forEach(each -> each.activities().takeStrays());
        } else if (lanes.size() > 2) {
            made.activities().takeStrays();
        }
        return made;
    }

    private void close(String name) {
        Lane gone = lanes.remove(name);
        if (gone != null) {
            gone.flush();
            gone.givenBack().run();
            lane = null;
        }
    }

    /** Hands over all that rules wait for, and the minutes that end with the given second or before. */
    void flushThrough(long second) {
        lanes.values().forEach(each -> each.flushThrough(second));
        bound();
    }

    /** Gives the largest folds back until the rest is small enough. */
    private void bound() {
        long all = 0;
        for (Lane each : lanes.values()) {
            all += each.bytes();
        }
        while (all > mostBytes) {
            String largest = "";
            long bytes = -1;
            for (Map.Entry<String, Lane> each : lanes.entrySet()) {
                if (each.getValue().bytes() > bytes) {
                    largest = each.getKey();
                    bytes = each.getValue().bytes();
                }
            }
            close(largest);
            all -= bytes;
        }
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
