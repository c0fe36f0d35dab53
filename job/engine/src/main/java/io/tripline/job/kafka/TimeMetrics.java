package io.tripline.job.kafka;

import io.tripline.job.stream.StreamTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What operators watch of the time of all partitions that one task reads. Added to and read by different threads. */
final class TimeMetrics {
    private final List<PartitionTime> partitions = new ArrayList<>();
    private final MetricGroup group;
    private final Set<String> named = new HashSet<>();

    TimeMetrics(MetricGroup group) {
        this.group = group;
        group.<Long, Gauge<Long>>gauge("eventTimeLag", this::lag);
        group.<Long, Gauge<Long>>gauge("sensorsHeard", () -> most(PartitionTime::waitedFor));
        group.<Long, Gauge<Long>>gauge("sensorsPassedOver", () -> most(PartitionTime::passedOver));
        group.<Long, Gauge<Long>>gauge("sensorsLeftBehind", () -> most(PartitionTime::leftBehind));
        group.<Long, Gauge<Long>>gauge("heldBackMillis", () -> most(PartitionTime::heldBack));
        group.<Long, Gauge<Long>>gauge("batchesAhead", () -> all(PartitionTime::ahead));
    }

    synchronized void add(PartitionTime time) {
        partitions.add(time);
    }

    /**
     * Sensors are behind others: from now on it is told of each how far. The first {@link PartitionTime#NAMES} have a
     * metric of their own.
     */
    void name(Set<String> sensors) {
        for (String sensor : sensors) {
            if (named.size() < PartitionTime.NAMES && named.add(sensor)) {
                group.addGroup("sensor", sensor).<Long, Gauge<Long>>gauge("behindMillis", () -> behind(sensor));
            }
        }
    }

    private long behind(String sensor) {
        return most(time -> time.behind().getOrDefault(sensor, 0L));
    }

    /**
     * Milliseconds between now and the end of the last second that is complete in the slowest partition; 0 where none
     * is.
     */
    private synchronized long lag() {
        long slowest = partitions.stream()
                .mapToLong(PartitionTime::complete)
                .filter(second -> second != PartitionTime.NONE)
                .min()
                .orElse(PartitionTime.NONE);
        return slowest == PartitionTime.NONE ? 0 : System.currentTimeMillis() - StreamTime.endOfSecond(slowest);
    }

    private synchronized long most(ToLongFunction<PartitionTime> count) {
        return partitions.stream().mapToLong(count).max().orElse(0);
    }

    private synchronized long all(ToLongFunction<PartitionTime> count) {
        return partitions.stream().mapToLong(count).sum();
    }
}
