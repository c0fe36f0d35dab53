package io.tripline.job.kafka;

import io.tripline.schemas.PacketBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Adds up what came too late, by run and minute, until it is told. Memory: about 200 bytes for each of
 * {@link #ENTRIES}; beyond them all is told at once. The first {@link #NAMES} sensors have metrics of their own, the
 * others those of all together.
 */
final class Latecomers {
    static final int ENTRIES = 1_000;
    static final int NAMES = 64;

    private static final long MINUTE = 60_000_000;

    private record Key(String sensor, long run, long minute) {}

    private record Counts(Counter batches, Counter packets) {
        private static Counts in(MetricGroup group) {
            return new Counts(group.counter("lateBatches"), group.counter("latePackets"));
        }

        private void add(PacketBatch batch) {
            batches.inc();
            packets.inc(batch.getPackets());
        }
    }

    private final Map<Key, LateBatches> untold = new LinkedHashMap<>();
    private final Map<String, Counts> bySensor = new LinkedHashMap<>();
    private final MetricGroup group;
    private final Counts all;
    private final Consumer<LateBatches> out;

    Latecomers(MetricGroup group, Consumer<LateBatches> out) {
        this.group = group;
        this.all = Counts.in(group);
        this.out = out;
    }

    /**
     * Takes in a batch.
     *
     * @param complete up to which time all is judged, milliseconds
     */
    void add(PacketBatch batch, long complete) {
        String sensor = batch.getSensor();
        all.add(batch);
        if (bySensor.containsKey(sensor) || bySensor.size() < NAMES) {
            bySensor.computeIfAbsent(sensor, name -> Counts.in(group.addGroup("sensor", name)))
                    .add(batch);
        }
        long newest = batch.getNewest();
        LateBatches late = new LateBatches(
                sensor,
                batch.getRun(),
                newest,
                newest,
                1,
                batch.getPackets(),
                batch.getBytes(),
                complete - Math.floorDiv(newest, 1_000L));
        untold.merge(new Key(sensor, batch.getRun(), Math.floorDiv(newest, MINUTE)), late, LateBatches::and);
        if (untold.size() == ENTRIES) {
            tell();
        }
    }

    /** Hands over all that was not told yet. */
    void tell() {
        untold.values().forEach(out);
        untold.clear();
    }
}
