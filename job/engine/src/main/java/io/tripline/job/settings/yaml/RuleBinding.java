package io.tripline.job.settings.yaml;

import io.tripline.job.settings.yaml.YamlNode.Entry;
import io.tripline.rules.engine.ThresholdText;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Fills a record of thresholds from keys: component {@code unseenPorts} is key {@code unseen-ports}. What is not written keeps its default. A
 * component ending in {@code Percent} takes a percentage, one ending in {@code Bytes} a size with a unit.
 */
public final class RuleBinding {
    private RuleBinding() {}

    /** The thresholds with what is written in their place; the defaults where anything is wrong with them. */
    static <S extends Record> S bind(S defaults, Group rule, Mistakes mistakes) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        boolean whole = true;
        for (int i = 0; i < components.length; i++) {
            String key = ThresholdText.key(components[i].getName());
            types[i] = components[i].getType();
            YamlNode node = rule.value(key);
            Object value = node == null
                    ? ThresholdText.value(defaults, components[i])
                    : value(components[i], node, rule.path(key), mistakes);
            whole &= value != null;
            values[i] = value == null ? ThresholdText.value(defaults, components[i]) : value;
        }
        return whole ? make(defaults, types, values, rule, mistakes) : defaults;
    }

    private static <S extends Record> S make(
            S defaults, Class<?>[] types, Object[] values, Group rule, Mistakes mistakes) {
        try {
            @SuppressWarnings("unchecked") // a record's class has no type parameters here
            Constructor<S> constructor = (Constructor<S>) defaults.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                tell(String.valueOf(refused.getMessage()), defaults, rule, mistakes);
                return defaults;
            }
            throw new IllegalStateException("thresholds " + Arrays.toString(values) + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("thresholds are no public record: " + defaults.getClass(), e);
        }
    }

    /** A constructor names the component first: {@code ports: 0, must be 1 to 65535}. */
    private static void tell(String message, Record defaults, Group rule, Mistakes mistakes) {
        String first = message.split("[^A-Za-z0-9]", 2)[0];
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            if (component.getName().equals(first)) {
                String key = ThresholdText.key(first);
                String rest = message.substring(first.length()).replaceFirst("^[:=\\s]+", "");
                String other = rule.value(key) == null ? cause(rest, defaults, rule) : null;
                if (other == null) {
                    mistakes.add(
                            rule.line(key),
                            rule.path(key),
                            rest + " (default " + ThresholdText.written(defaults, component) + ")");
                } else {
                    mistakes.add(
                            rule.line(other),
                            rule.path(other),
                            "does not go with the default of " + key + ": " + rest + "; write " + key
                                    + " as well, or another " + other);
                }
                return;
            }
        }
        mistakes.add(rule.line(), rule.path(""), message);
    }

    /** The key that is written and has the bound which the default of another does not keep; null where none has. */
    private static @Nullable String cause(String message, Record defaults, Group rule) {
        List<String> words = List.of(message.split("[ ,;]+"));
        for (String key : ThresholdText.keys(defaults.getClass())) {
            if (rule.value(key) instanceof YamlNode.Scalar scalar && words.contains(scalar.text())) {
                return key;
            }
        }
        return null;
    }

    private static @Nullable Object value(RecordComponent component, YamlNode node, String path, Mistakes mistakes) {
        Values values = new Values(mistakes);
        if (component.getGenericType() instanceof ParameterizedType many) {
            return collection(many, component.getName(), node, path, mistakes);
        }
        return single(component.getType(), component.getName(), node, path, values);
    }

    private static @Nullable Object collection(
            ParameterizedType type, String name, YamlNode node, String path, Mistakes mistakes) {
        Values values = new Values(mistakes);
        List<Object> items = new ArrayList<>();
        boolean whole = true;
        for (YamlNode item : values.list(node, path)) {
            Object value = single((Class<?>) type.getActualTypeArguments()[0], name, item, path, values);
            whole &= value != null;
            if (value != null) {
                items.add(value);
            }
        }
        if (!whole || items.isEmpty()) {
            return null;
        }
        Type raw = type.getRawType();
        return raw == List.class
                ? List.copyOf(items)
                : raw == Set.class ? new LinkedHashSet<>(items) : new TreeSet<>(items);
    }

    private static @Nullable Object single(Class<?> type, String name, YamlNode node, String path, Values values) {
        if (type == int.class || type == Integer.class) {
            if (name.endsWith("Percent")) {
                return values.percent(node, path);
            }
            Long number = values.number(node, path, 0, Integer.MAX_VALUE);
            return number == null ? null : number.intValue();
        }
        if (type == long.class || type == Long.class) {
            return name.endsWith("Bytes") || name.equals("bytes")
                    ? values.bytes(node, path)
                    : values.number(node, path, 0, Long.MAX_VALUE / 2);
        }
        if (type == double.class || type == Double.class) {
            return values.decimal(node, path);
        }
        if (type == boolean.class) {
            return values.bool(node, path);
        }
        if (type == Duration.class) {
            return values.duration(node, path);
        }
        if (type == String.class) {
            return values.text(node, path);
        }
        if (type.isEnum()) {
            return constant(type, node, path, values);
        }
        throw new IllegalStateException("no threshold can have type " + type.getName());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class is an enum's
    private static @Nullable Object constant(Class<?> type, YamlNode node, String path, Values values) {
        return values.constant(node, path, (Class) type);
    }

    /** Keys in a group that are thresholds of a record or among the others given. */
    static List<Entry> unknown(Group rule, Class<?> type, Collection<String> others) {
        List<String> known = ThresholdText.keys(type);
        return rule.entries().stream()
                .filter(entry -> !known.contains(entry.key()) && !others.contains(entry.key()))
                .toList();
    }
}
