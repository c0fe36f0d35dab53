package io.tripline.shell.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of YAML that knows its line, and of a scalar how it was written. */
public sealed interface YamlNode {
    int line();

    /**
     * A scalar.
     *
     * @param text as written, without quotes
     */
    record Scalar(int line, Form form, String text) implements YamlNode {}

    /** What YAML takes a scalar for. */
    enum Form {
        NOTHING,
        BOOLEAN,
        NUMBER,
        TEXT
    }

    /** A list. */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {}

    /** Keys with values, each key once. */
    record Mapping(int line, List<Entry> entries) implements YamlNode {
        /** The entry of a key, if there is one. */
        public @Nullable Entry find(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().equals(key))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A key with its value. */
    record Entry(int line, String key, YamlNode value) {}
}
