package io.tripline.analyze.report.chart;

import io.tripline.schemas.SafeText;
import java.util.Locale;
import java.util.regex.Pattern;

/** Figures and names as people read them, the same in charts, tables and sentences. */
public final class Words {
    /** They draw over the letter before them, and over the lines around it. */
    private static final Pattern MARKS = Pattern.compile("[\\p{Mn}\\p{Me}]");

    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Words() {}

    /** {@code 12,345}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 packet}, {@code 2 packets}, {@code 2 queries}. */
    public static String count(long number, String one) {
        return count(number) + " " + (number == 1 ? one : plural(one));
    }

    private static String plural(String one) {
        return one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
    }

    /** {@code 950}, {@code 2k}, {@code 1.5M}: for axes. */
    static String brief(double number) {
        double size = Math.abs(number);
        if (size >= 1e9) {
            return trimmed(number / 1e9) + "G";
        }
        if (size >= 1e6) {
            return trimmed(number / 1e6) + "M";
        }
        return size >= 10_000 ? trimmed(number / 1e3) + "k" : size >= 1_000 ? count((long) number) : trimmed(number);
    }

    /** {@code 532 B}, {@code 100.8 kB}, {@code 4 MB}; units of a thousand. */
    public static String bytes(long number) {
        return bytes((double) number);
    }

    /** {@code 532 B}, {@code 100.8 kB}, {@code 4 MB}; units of a thousand. */
    static String bytes(double number) {
        double rest = number;
        int unit = 0;
        while (rest >= (unit == 0 ? 999.5 : 999.95) && unit < BYTES.length - 1) {
            rest /= 1_000;
            unit++;
        }
        return (unit == 0 ? Long.toString(Math.round(rest)) : trimmed(rest)) + " " + BYTES[unit];
    }

    /** {@code 12.5 %}; {@code < 0.1 %} for what is there but is less. */
    public static String percent(double share) {
        return share > 0 && share < 0.001 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** {@code 0.25 s}, {@code 14.2 s}, {@code 15 min}, {@code 3.5 h}. */
    static String duration(double seconds) {
        if (seconds < 0.001) {
            return "under 1 ms";
        }
        if (seconds < 1) {
            return Math.round(seconds * 1_000) + " ms";
        }
        if (seconds < 120) {
            return trimmed(seconds) + " s";
        }
        return seconds < 7_200 ? trimmed(seconds / 60) + " min" : trimmed(seconds / 3_600) + " h";
    }

    /** At most so many digits after the point as tell something: one, or two for what is below 1. */
    static String trimmed(double number) {
        String text = String.format(Locale.ROOT, Math.abs(number) < 1 ? "%.2f" : "%.1f", number);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    /**
     * A name from the network, fit to be shown: without what controls, joins, hides or turns text around, and at most
     * so many characters.
     */
    static String plain(String name, int most) {
        return name.isEmpty() ? "" : SafeText.of(MARKS.matcher(name).replaceAll("\ufffd"), most);
    }
}
