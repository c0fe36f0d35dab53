package io.tripline.job.settings.yaml;

import io.tripline.shell.yaml.YamlNode;
import io.tripline.shell.yaml.YamlNode.Entry;
import io.tripline.shell.yaml.YamlNode.Mapping;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of one group of settings. */
final class Group {
    private final Mapping mapping;
    private final String path;
    private final Mistakes mistakes;

    private Group(Mapping mapping, String path, Mistakes mistakes) {
        this.mapping = mapping;
        this.path = path;
        this.mistakes = mistakes;
    }

    /** The group that a node is, with these keys and no other; null where it is none. */
    static @Nullable Group of(YamlNode node, String path, Collection<String> keys, Mistakes mistakes) {
        Group group = open(node, path, mistakes);
        if (group != null) {
            for (Entry entry : group.mapping.entries()) {
                if (!keys.contains(entry.key())) {
                    mistakes.add(
                            entry.line(), group.path(entry.key()), "no such key" + Suggestion.of(entry.key(), keys));
                }
            }
        }
        return group;
    }

    /** Opens a group with any keys; null, and a mistake, where the node is no group. */
    static @Nullable Group open(YamlNode node, String path, Mistakes mistakes) {
        if (node instanceof Mapping mapping) {
            return new Group(mapping, path, mistakes);
        }
        mistakes.add(node.line(), path, "is " + Mistakes.kind(node) + "; must be a group of keys");
        return null;
    }

    int line() {
        return mapping.line();
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    List<Entry> entries() {
        return mapping.entries();
    }

    @Nullable
    YamlNode value(String key) {
        Entry entry = mapping.find(key);
        return entry == null ? null : entry.value();
    }

    /** The line of a key; of the group where it is not there. */
    int line(String key) {
        Entry entry = mapping.find(key);
        return entry == null ? line() : entry.line();
    }

    /** The value of a key that must be there. */
    @Nullable
    YamlNode required(String key, String example) {
        YamlNode value = value(key);
        if (value == null) {
            mistakes.add(line(), path(key), "is missing; write for example " + key + ": " + example);
        }
        return value;
    }
}
