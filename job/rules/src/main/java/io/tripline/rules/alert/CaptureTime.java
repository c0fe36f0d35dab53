package io.tripline.rules.alert;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the capture has them, in microseconds since 1970 UTC, and their text. */
public final class CaptureTime {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);
    private static final long SECOND = 1_000_000;
    private static final long EARLIEST = LocalDateTime.of(0, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) * SECOND;
    private static final long LATEST = LocalDateTime.of(10_000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) * SECOND - 1;

    private CaptureTime() {}

    /** Stream time back to capture time; stays at the end of the range where the difference leaves it. */
    public static long of(long stream, long clockShift) {
        long capture = stream - clockShift;
        boolean overflow = ((stream ^ clockShift) & (stream ^ capture)) < 0;
        if (overflow) {
            return stream < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return capture;
    }

    /**
     * ISO 8601 in UTC with microseconds: {@code 2026-03-20T07:47:31.388726Z}. Years outside of 0000 to 9999 cannot be written with four
     * digits, and Elasticsearch reads no others: they become the first or last microsecond of that span.
     */
    public static String text(long micros) {
        long told = Math.max(EARLIEST, Math.min(LATEST, micros));
        int nanos = (int) Math.floorMod(told, SECOND) * 1_000;
        return TEXT.format(LocalDateTime.ofEpochSecond(Math.floorDiv(told, SECOND), nanos, ZoneOffset.UTC));
    }
}
