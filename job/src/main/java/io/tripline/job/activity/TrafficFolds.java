package io.tripline.job.activity;

import io.tripline.schemas.PacketBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A {@link TrafficFold} for each sensor heard, since the batches of several come mixed. Empty ones cost next to nothing; of more than
 * {@link #SENSORS} at once, all hand over what they have and begin anew.
 */
public final class TrafficFolds implements Fold {
    private static final int SENSORS = 64;

    private final Supplier<TrafficFold> folds;
    private final Map<String, TrafficFold> bySensor = new LinkedHashMap<>();

    public TrafficFolds(Supplier<TrafficFold> folds) {
        this.folds = folds;
    }

    @Override
    public void add(PacketBatch batch) {
        TrafficFold fold = bySensor.get(batch.getSensor());
        if (fold == null) {
            if (bySensor.size() == SENSORS) {
                flush();
                bySensor.clear();
            }
            fold = folds.get();
            bySensor.put(batch.getSensor(), fold);
        }
        fold.add(batch);
    }

    /** Hands over all seconds so far, and the minutes that end with the given second or before. */
    public void flushThrough(long complete) {
        bySensor.values().forEach(fold -> fold.flushThrough(complete));
    }

    @Override
    public void flush() {
        bySensor.values().forEach(TrafficFold::flush);
    }
}
