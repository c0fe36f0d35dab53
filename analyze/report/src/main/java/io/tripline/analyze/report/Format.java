package io.tripline.analyze.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.Words;
import io.tripline.schemas.SafeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a report writes shares, times and text from outside; see {@link Words} for other figures. */
final class Format {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int LONGEST = 2_048;

    private Format() {}

    /** Text from outside without anything that steers a line, cut where it is very long; empty where there is none. */
    static String text(JsonNode node) {
        return text(node.asText(), LONGEST);
    }

    /** Likewise. */
    static String text(String text) {
        return text(text, LONGEST);
    }

    static String text(String text, int most) {
        return text.isEmpty() ? "" : SafeText.of(text, most);
    }

    /** Percent with one digit; {@code < 0.1 %} rather than nothing. */
    static String share(long part, long whole) {
        return whole <= 0 || part <= 0 ? "0 %" : Words.percent((double) part / whole);
    }

    /** {@code 2026-11-22 06:40:23.638}, UTC; the text itself where it is no time. */
    static String time(JsonNode node) {
        return time(node.asText());
    }

    /** Likewise. */
    static String time(String text) {
        return instant(text, TIME);
    }

    /** {@code 2026-11-22 06:40:23 UTC}. */
    static String wallClock(JsonNode node) {
        return instant(node.asText(), MINUTE);
    }

    private static String instant(String outside, DateTimeFormatter format) {
        String text = text(outside);
        try {
            return text.isEmpty() ? "" : format.format(Instant.parse(text));
        } catch (DateTimeException e) {
            return text;
        }
    }

    /**
     * Time from one to the other in words, such as {@code 11.97 s} or {@code 2 min 5 s}; empty where either is no time.
     */
    static String duration(JsonNode from, JsonNode to) {
        return duration(from.asText(), to.asText());
    }

    /** Likewise. */
    static String duration(String from, String to) {
        try {
            return duration(Duration.between(Instant.parse(from), Instant.parse(to)));
        } catch (DateTimeException | ArithmeticException e) {
            return "";
        }
    }

    private static String duration(Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (seconds < 60) {
            return String.format(Locale.ROOT, seconds < 0.1 ? "%.4f s" : "%.2f s", seconds);
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return time.toDays() < 2
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toDays() + " d " + time.toHoursPart() + " h";
    }
}
