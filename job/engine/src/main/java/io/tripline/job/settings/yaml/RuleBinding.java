package io.tripline.job.settings.yaml;

import io.tripline.rules.engine.Required;
import io.tripline.rules.engine.ThresholdException;
import io.tripline.rules.engine.ThresholdException.Violation;
import io.tripline.rules.engine.ThresholdText;
import io.tripline.rules.network.Prefix;
import io.tripline.shell.yaml.YamlNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Fills a record of thresholds from keys: component {@code unseenPorts} is key {@code unseen-ports}. What is not
 * written keeps its default. A component ending in {@code Percent} takes a percentage, one ending in {@code Bytes} a
 * size with a unit.
 */
public final class RuleBinding {
    private RuleBinding() {}

    /** The thresholds with what is written in their place; the defaults where anything is wrong with them. */
    static <S extends Record> S bind(S defaults, Group rule, Mistakes mistakes) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        Set<String> unreadable = new HashSet<>();
        for (int i = 0; i < components.length; i++) {
            String key = ThresholdText.key(components[i].getName());
            String byDefault = byDefault(defaults, components[i].getName());
            types[i] = components[i].getType();
            YamlNode node = rule.value(key);
            Object standard = ThresholdText.value(defaults, components[i]);
            // What is wrong with an entry is told with what that has by default, not with the list.
            Mistakes told = isOfEntries(components[i]) ? mistakes : mistakes.endingIn(byDefault);
            Object value = node == null ? standard : value(components[i], node, rule.path(key), told);
            if (value == null) {
                unreadable.add(components[i].getName());
            }
            values[i] = value == null ? standard : value;
        }
        S made = make(defaults, types, values, unreadable, rule, mistakes);
        return unreadable.isEmpty() ? made : defaults;
    }

    private static <S extends Record> S make(
            S defaults, Class<?>[] types, Object[] values, Set<String> unreadable, Group rule, Mistakes mistakes) {
        try {
            @SuppressWarnings("unchecked") // a record's class has no type parameters here
            Constructor<S> constructor = (Constructor<S>) defaults.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ThresholdException refused) {
                refused.violations().stream()
                        .filter(wrong -> !unreadable.contains(wrong.component())
                                && (wrong.other() == null || !unreadable.contains(wrong.other())))
                        .forEach(wrong -> tell(wrong, defaults, rule, mistakes));
                return defaults;
            }
            throw new IllegalStateException("thresholds " + Arrays.toString(values) + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("thresholds are not a public record: " + defaults.getClass(), e);
        }
    }

    /** Tells of a threshold where it is written; where it has its default, at the key with which that does not go. */
    private static void tell(Violation wrong, Record defaults, Group rule, Mistakes mistakes) {
        String key = ThresholdText.key(wrong.component());
        String what = wrong.value() + ", must be " + wrong.must();
        String other = wrong.other() == null ? "" : ThresholdText.key(wrong.other());
        if (rule.value(key) != null) {
            mistakes.add(rule.line(key), rule.path(key), what + byDefault(defaults, wrong.component()));
        } else if (rule.value(other) != null) {
            mistakes.add(
                    rule.line(other),
                    rule.path(other),
                    "does not go with the default of " + key + ": " + what + "; write " + key + " as well, or another "
                            + other);
        }
    }

    private static String byDefault(Record defaults, String component) {
        for (RecordComponent known : defaults.getClass().getRecordComponents()) {
            if (known.getName().equals(component)) {
                String word = known.isAnnotationPresent(Required.class) ? "such as " : "default ";
                return " (" + word + ThresholdText.written(defaults, known) + ")";
            }
        }
        throw new IllegalStateException("a check names " + component + ", which is not a component of " + defaults);
    }

    private static @Nullable Object value(RecordComponent component, YamlNode node, String path, Mistakes mistakes) {
        Values values = new Values(mistakes);
        if (component.getGenericType() instanceof ParameterizedType many) {
            return collection(many, component.getName(), node, path, mistakes);
        }
        return single(component.getType(), component.getName(), node, path, values);
    }

    private static boolean isOfEntries(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType many && isEntry(itemType(many));
    }

    /** Whether it has keys of its own. */
    private static boolean isEntry(Class<?> type) {
        return type.isRecord() && type != Prefix.class;
    }

    private static Class<?> itemType(ParameterizedType collection) {
        return (Class<?>) collection.getActualTypeArguments()[0];
    }

    private static @Nullable Object collection(
            ParameterizedType type, String name, YamlNode node, String path, Mistakes mistakes) {
        Values values = new Values(mistakes);
        Class<?> itemType = itemType(type);
        if (itemType.isRecord()
                && node instanceof YamlNode.Sequence none
                && none.items().isEmpty()) {
            return List.of();
        }
        List<Object> items = new ArrayList<>();
        boolean whole = true;
        for (YamlNode item : values.list(node, path)) {
            Object value = isEntry(itemType)
                    ? entry(itemType, item, path + "[" + items.size() + "]", mistakes)
                    : single(itemType, name, item, path, values);
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

    /** An entry of a list: a record with a {@code DEFAULT} for what need not be written, see {@link Required}. */
    private static @Nullable Record entry(Class<?> type, YamlNode node, String path, Mistakes mistakes) {
        Group group = Group.of(node, path, ThresholdText.keys(type), mistakes);
        if (group == null) {
            return null;
        }
        Record defaults = defaults(type);
        int before = mistakes.all().size();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Required.class)) {
                group.required(ThresholdText.key(component.getName()), ThresholdText.written(defaults, component));
            }
        }
        Record entry = bind(defaults, group, mistakes);
        return mistakes.all().size() == before ? entry : null;
    }

    private static Record defaults(Class<?> type) {
        try {
            return (Record) type.getField("DEFAULT").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no DEFAULT", e);
        }
    }

    private static @Nullable Prefix network(YamlNode node, String path, Values values) {
        String text = values.text(node, path);
        try {
            return text == null ? null : Prefix.parse(text);
        } catch (IllegalArgumentException e) {
            return values.wrong(node, path, String.valueOf(e.getMessage()));
        }
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
        if (type == Prefix.class) {
            return network(node, path, values);
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
}
