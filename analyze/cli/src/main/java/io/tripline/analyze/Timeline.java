package io.tripline.analyze;

import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.rules.traffic.TrafficMinute.Volume;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came when: by the minute, and coarser where there are too many of them, whatever the order in which minutes
 * come. Sums stay exact.
 */
final class Timeline {
    /** Entries at most; a week of minutes. */
    static final int ENTRIES = 10_080;

    /** So many minutes are also told by the second. */
    static final int MINUTES_BY_SECOND = 10;

    private static final int MINUTE = 60;
    private static final long MICROSECONDS = 1_000_000;

    /** One stretch of the time line. */
    static final class Entry {
        private final SortedMap<String, Volume> sensors = new TreeMap<>();
        private final SortedMap<String, Long> indicators = new TreeMap<>();
        private final long[] perSecond = new long[MINUTE];
        private long dropped;

        Volume total() {
            return sensors.values().stream().reduce(new Volume(0, 0), Volume::plus);
        }

        SortedMap<String, Volume> sensors() {
            return sensors;
        }

        SortedMap<String, Long> indicators() {
            return indicators;
        }

        /** Packets of each second; means nothing for more than a minute. */
        long[] perSecond() {
            return perSecond.clone();
        }

        long dropped() {
            return dropped;
        }

        private void add(Entry other) {
            other.sensors.forEach((sensor, volume) -> sensors.merge(sensor, volume, Volume::plus));
            other.indicators.forEach((id, packets) -> indicators.merge(id, packets, Long::sum));
            Arrays.setAll(perSecond, i -> perSecond[i] + other.perSecond[i]);
            dropped += other.dropped;
        }
    }

    private SortedMap<Long, Entry> entries = new TreeMap<>();
    private long width = MINUTE;

    void add(TrafficMinute minute) {
        Entry entry = new Entry();
        entry.sensors.put(minute.sensor(), minute.total());
        entry.indicators.putAll(minute.indicators());
        entry.dropped = minute.dropped();
        Arrays.setAll(entry.perSecond, i -> minute.second(i).packets());
        add(minute.minute() * MINUTE - minute.clockShift() / MICROSECONDS, entry);
        while (entries.size() > ENTRIES) {
            SortedMap<Long, Entry> finer = entries;
            entries = new TreeMap<>();
            width *= MINUTE;
            finer.forEach(this::add);
        }
    }

    private void add(long second, Entry entry) {
        entries.computeIfAbsent(Math.floorDiv(second, width) * width, start -> new Entry())
                .add(entry);
    }

    /** Entries by their first second, capture time since the epoch. */
    SortedMap<Long, Entry> entries() {
        return entries;
    }

    /** Seconds that an entry stands for. */
    long width() {
        return width;
    }

    boolean bySecond() {
        return width == MINUTE && entries.size() <= MINUTES_BY_SECOND;
    }
}
