package io.tripline.sensor.program;

import io.tripline.shell.UserError;
import io.tripline.shell.yaml.YamlNode;
import io.tripline.shell.yaml.YamlNode.Entry;
import io.tripline.shell.yaml.YamlNode.Form;
import io.tripline.shell.yaml.YamlNode.Mapping;
import io.tripline.shell.yaml.YamlNode.Scalar;
import io.tripline.shell.yaml.YamlNode.Sequence;
import io.tripline.shell.yaml.YamlTree;
import io.tripline.shell.yaml.YamlTree.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A settings file in YAML: the long options as keys, and Kafka's properties under {@code kafka}. Strict, see
 * {@link YamlTree}; the first mistake is told with file, line and key. Values never are: one may be a secret.
 */
final class SettingsFile {
    private static final int DEPTH = 5;

    private final String file;
    private final Set<String> known;
    private final Map<String, Given> settings = new LinkedHashMap<>();
    private int firstLine = Integer.MAX_VALUE;
    private @Nullable UserError first;

    private SettingsFile(String file, Set<String> known) {
        this.file = file;
        this.known = known;
    }

    /**
     * Reads a file.
     *
     * @param known keys that there are
     */
    static Map<String, Given> read(Path path, Set<String> known) throws IOException {
        String file = path.toString();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(YamlTree.CHARACTERS + 1);
        }
        if (bytes.length > YamlTree.CHARACTERS) {
            throw UserError.usage(file + ": is larger than " + YamlTree.CHARACTERS + " bytes");
        }
        SettingsFile reader = new SettingsFile(file, known);
        YamlNode root = YamlTree.read(new String(bytes, StandardCharsets.UTF_8), DEPTH, reader::refuse);
        if (root instanceof Mapping mapping) {
            mapping.entries().forEach(reader::entry);
        } else if (root != null) {
            reader.wrong(root.line(), "", "settings are keys with values, such as name: east-tap");
        }
        if (reader.first != null) {
            throw reader.first;
        }
        return reader.settings;
    }

    private void entry(Entry entry) {
        String key = entry.key();
        if (!known.contains(key)) {
            wrong(entry.line(), key, "no such key; known are " + String.join(", ", new TreeSet<>(known)));
            return;
        }
        String origin = file + ":" + entry.line() + ": " + key;
        if (entry.value() instanceof Mapping group) {
            Map<String, String> entries = new LinkedHashMap<>();
            group.entries().forEach(inner -> entries.put(inner.key(), scalar(inner.value(), key + "." + inner.key())));
            settings.put(key, new Given(origin, List.of(), entries));
        } else {
            List<YamlNode> items = entry.value() instanceof Sequence list ? list.items() : List.of(entry.value());
            List<String> values = new ArrayList<>();
            items.forEach(item -> values.add(scalar(item, key)));
            settings.put(key, Given.of(origin, values));
        }
    }

    private String scalar(YamlNode node, String key) {
        if (!(node instanceof Scalar scalar)) {
            wrong(node.line(), key, "must be a single value");
            return "";
        }
        if (scalar.form() == Form.NOTHING) {
            wrong(node.line(), key, "has no value");
        }
        return scalar.text();
    }

    private void refuse(int line, String path, Fault fault, String detail) {
        wrong(
                line,
                path.replaceFirst("\\[\\d+]$", ""),
                switch (fault) {
                    case NOT_YAML -> "is not YAML";
                    case SECOND_DOCUMENT -> "a second document begins here; a settings file has one";
                    case ALIAS, ANCHOR, TAG -> "anchors, aliases and tags are not supported; write the value";
                    case DUPLICATE_KEY -> "duplicate key";
                });
    }

    /** Keeps the mistake that stands first; of several on a line, the one found first. */
    private void wrong(int line, String key, String what) {
        if (line < firstLine) {
            firstLine = line;
            first = UserError.usage(file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + what);
        }
    }
}
