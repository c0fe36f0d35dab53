package io.tripline.job.settings.yaml;

import io.tripline.rules.sensor.ListedSensors;
import io.tripline.rules.sensor.ListedSensors.Listed;
import io.tripline.shell.yaml.YamlNode;
import io.tripline.shell.yaml.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which sensors there should be: names, or groups with a name. */
final class SensorReader {
    private static final List<String> KEYS = List.of("name", "segment", "key-file", "retired");
    private static final int MOST = 65_536;

    private final NetworkReader lists;
    private final Mistakes mistakes;
    private final Values values;

    SensorReader(NetworkReader lists, Mistakes mistakes) {
        this.lists = lists;
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
    }

    /**
     * Reads both keys.
     *
     * @param only whether others are refused; null where the file does not say
     */
    ListedSensors read(@Nullable YamlNode node, @Nullable YamlNode only) {
        Map<String, Listed> listed = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        List<YamlNode> items = node == null ? List.of() : lists.items(node, "sensors");
        if (items.size() > MOST) {
            mistakes.add(items.get(MOST).line(), "sensors", "are more than " + MOST);
            items = items.subList(0, MOST);
        }
        for (int i = 0; i < items.size(); i++) {
            one(items.get(i), "sensors[" + i + "]", listed, lines);
        }
        Boolean strict = only == null ? null : values.bool(only, "sensors-only");
        if (only != null && Boolean.TRUE.equals(strict) && listed.isEmpty()) {
            mistakes.add(only.line(), "sensors-only", "would reject every batch: no sensors are listed");
        }
        return new ListedSensors(listed, Boolean.TRUE.equals(strict));
    }

    private void one(YamlNode item, String path, Map<String, Listed> listed, Map<String, Integer> lines) {
        String name;
        Listed sensor;
        if (item instanceof Scalar) {
            name = values.text(item, path);
            sensor = new Listed(null, null, false);
        } else {
            Group group = Group.of(item, path, KEYS, mistakes);
            YamlNode named = group == null ? null : group.required("name", "lan-1");
            if (group == null || named == null) {
                return;
            }
            name = values.text(named, group.path("name"));
            YamlNode retired = group.value("retired");
            Boolean gone = retired == null ? null : values.bool(retired, group.path("retired"));
            sensor = new Listed(text(group, "segment"), text(group, "key-file"), Boolean.TRUE.equals(gone));
        }
        if (name == null) {
            return;
        }
        Integer before = lines.putIfAbsent(name, item.line());
        if (before != null) {
            mistakes.add(
                    item.line(), path, Mistakes.shown(name) + " is already in line " + before + "; keep one of them");
        } else {
            listed.put(name, sensor);
        }
    }

    private @Nullable String text(Group group, String key) {
        YamlNode node = group.value(key);
        return node == null ? null : values.text(node, group.path(key));
    }
}
