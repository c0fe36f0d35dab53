package io.tripline.rules.engine;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How thresholds are written in settings: component {@code unseenPorts} of a record is key {@code unseen-ports}. */
public final class ThresholdText {
    private ThresholdText() {}

    /** The key of a record component. */
    public static String key(String component) {
        return component.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** Keys of a record of thresholds, in the order of its components. */
    public static List<String> keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> key(component.getName()))
                .toList();
    }

    /** The value of a threshold as it is written in a file. */
    public static String written(Record thresholds, RecordComponent component) {
        return written(value(thresholds, component));
    }

    private static String written(Object value) {
        if (value instanceof Duration duration) {
            return written(duration);
        }
        if (value instanceof Enum<?> constant) {
            return key(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (value instanceof Collection<?> many) {
            return many.stream().map(ThresholdText::written).sorted().toList().toString();
        }
        if (value instanceof Record entry && entry.getClass().getRecordComponents().length > 2) {
            return Arrays.stream(entry.getClass().getRecordComponents())
                    .map(component -> key(component.getName()) + ": " + written(entry, component))
                    .collect(Collectors.joining(", "));
        }
        return String.valueOf(value);
    }

    /** A duration as it is written in a file. */
    public static String written(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds != 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds != 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 && seconds >= 300 ? seconds / 60 + "m" : seconds + "s";
    }

    /** The value of a threshold. */
    public static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("thresholds are no public record: " + record.getClass(), e);
        }
    }
}
