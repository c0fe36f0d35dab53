package io.tripline.analyze.report.chart;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Marks on a scale of seconds since the epoch, at times that people count by. */
final class TimeScale {
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;
    private static final int[] STEPS = {
        1,
        2,
        5,
        10,
        15,
        30,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        7 * DAY,
        14 * DAY,
        28 * DAY,
        91 * DAY,
        365 * DAY,
        3_650 * DAY
    };
    private static final DateTimeFormatter SECONDS = format("HH:mm:ss");
    private static final DateTimeFormatter MINUTES = format("HH:mm");
    private static final DateTimeFormatter DAYS = format("d MMM");
    private static final DateTimeFormatter DATE = format("d MMM yyyy");

    private final double low;
    private final double high;
    private final int step;

    TimeScale(double low, double high, int about) {
        this.low = low;
        this.high = high;
        int wanted = STEPS[STEPS.length - 1];
        for (int candidate : STEPS) {
            if ((high - low) / candidate <= about) {
                wanted = candidate;
                break;
            }
        }
        this.step = wanted;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    List<Double> ticks() {
        return Scale.Linear.multiples(low, high, step);
    }

    String text(double second) {
        DateTimeFormatter format = step < MINUTE ? SECONDS : step < DAY ? MINUTES : DAYS;
        return format.format(instant(second));
    }

    /** {@code time (UTC), 22 Nov 2026}. */
    String title() {
        String from = date(low);
        String to = date(high);
        return "time (UTC), " + (from.equals(to) ? from : from + " to " + to);
    }

    static String date(double second) {
        return DATE.format(instant(second));
    }

    /** Hours, minutes and seconds. */
    static String clock(double second) {
        return SECONDS.format(instant(second));
    }

    private static Instant instant(double second) {
        return Instant.ofEpochMilli(Math.round(second * 1_000));
    }

    /** Seconds since the epoch. */
    static double of(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}
