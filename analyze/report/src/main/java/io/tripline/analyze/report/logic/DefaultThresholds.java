package io.tripline.analyze.report.logic;

import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.ThresholdText;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts a rule's thresholds into a text, so that no text names another than holds. <code>{ports}</code> stands for the
 * threshold {@code ports}, <code>{ports+1}</code> and <code>{rate*window}</code> for numbers, durations in seconds.
 */
final class DefaultThresholds {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z-]*)(?:\\*([a-z][a-z-]*|\\d+))?(?:\\+(\\d+))?}");
    private static final Pattern WRITTEN = Pattern.compile("(\\d+)([smhd]?)");

    private final Map<String, String> written = new TreeMap<>();

    DefaultThresholds(Rule<?> rule) {
        for (RecordComponent component : rule.defaults().getClass().getRecordComponents()) {
            written.put(ThresholdText.key(component.getName()), ThresholdText.written(rule.defaults(), component));
        }
    }

    /** Thresholds as people write them: {@code 60 s}, {@code 2,000,000}. */
    String intoProse(String text) {
        return replaced(text, DefaultThresholds::spelled);
    }

    /**
     * Thresholds as they are written in settings, which is how rules of other systems write them, too: {@code 60s},
     * {@code 2000000}.
     */
    String intoRules(String text) {
        return replaced(text, value -> value);
    }

    private String replaced(String text, UnaryOperator<String> form) {
        return PLACE.matcher(text).replaceAll(place -> {
            String value = value(place.group(1), place.group(2), place.group(3));
            return Matcher.quoteReplacement(form.apply(value));
        });
    }

    private String value(String key, @Nullable String times, @Nullable String more) {
        if (times == null && more == null) {
            return threshold(key);
        }
        long factor = times == null ? 1 : number(Character.isDigit(times.charAt(0)) ? times : threshold(times));
        return Long.toString(number(threshold(key)) * factor + (more == null ? 0 : Long.parseLong(more)));
    }

    private String threshold(String key) {
        String value = written.get(key);
        if (value == null) {
            throw new IllegalStateException("no threshold is called " + key + "; known are " + written.keySet());
        }
        return value;
    }

    private static String spelled(String value) {
        Matcher parts = WRITTEN.matcher(value);
        if (!parts.matches()) {
            return value;
        }
        String number = String.format(Locale.ROOT, "%,d", Long.parseLong(parts.group(1)));
        return switch (parts.group(2)) {
            case "s" -> number + " s";
            case "m" -> number + " minutes";
            case "h" -> number + " hours";
            case "d" -> number.equals("1") ? "24 hours" : number + " days";
            default -> number;
        };
    }

    private static long number(String text) {
        Matcher parts = WRITTEN.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("'" + text + "' is not a number or whole seconds");
        }
        long unit = switch (parts.group(2)) {
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 1;
        };
        return Long.parseLong(parts.group(1)) * unit;
    }
}
