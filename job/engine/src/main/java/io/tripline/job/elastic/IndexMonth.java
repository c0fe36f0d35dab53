package io.tripline.job.elastic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Names of indices by month. */
final class IndexMonth {
    private static final long SECOND = 1_000_000;

    /** The last second that a capture file of the older kind can tell, in 2106. */
    private static final long LATEST = 0xffff_ffffL;

    private IndexMonth() {}

    /**
     * The index for what began then, such as {@code tripline-alerts-2026.11}. Times come from captures: those before
     * 1970 or after 2106 go with the first or last month, lest wild ones fill the cluster with indices.
     *
     * @param time microseconds since 1970 UTC
     */
    static String of(String prefix, long time) {
        long second = Math.max(0, Math.min(LATEST, Math.floorDiv(time, SECOND)));
        LocalDate day = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).toLocalDate();
        return String.format(Locale.ROOT, "%s-%04d.%02d", prefix, day.getYear(), day.getMonthValue());
    }
}
