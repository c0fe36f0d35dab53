package io.tripline.job.stream;

import io.tripline.rules.alert.AllowEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What the settings allow and until when, by the wall clock: somebody must renew an entry before it lapses. */
final class AllowMetrics {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final List<Long> ends;
    private final InstantSource clock;

    AllowMetrics(List<AllowEntry> entries, InstantSource clock) {
        this.ends = entries.stream().map(AllowEntry::end).sorted().toList();
        this.clock = clock;
    }

    static void register(List<AllowEntry> entries, InstantSource clock, MetricGroup operator) {
        AllowMetrics metrics = new AllowMetrics(entries, clock);
        operator.<Long, Gauge<Long>>gauge("allowEntriesLapsed", metrics::lapsed);
        operator.<Long, Gauge<Long>>gauge("allowNextLapseSeconds", metrics::nextLapseSeconds);
    }

    /** Entries that have lapsed. */
    long lapsed() {
        long now = now();
        return ends.stream().filter(end -> end <= now).count();
    }

    /** Seconds until the next entry lapses; -1 where none will. */
    long nextLapseSeconds() {
        long now = now();
        return ends.stream()
                .filter(end -> end > now)
                .findFirst()
                .map(end -> (end - now) / MICROS_PER_SECOND)
                .orElse(-1L);
    }

    private long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
