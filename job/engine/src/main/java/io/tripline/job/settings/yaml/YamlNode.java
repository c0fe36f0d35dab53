package io.tripline.job.settings.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of YAML that knows its line, and of a scalar how it was written. */
sealed interface YamlNode {
    int line();

    /** In words, for messages. */
    String kind();

    /**
     * A scalar.
     *
     * @param text as written, without quotes
     */
    record Scalar(int line, Form form, String text) implements YamlNode {
        @Override
        public String kind() {
            return switch (form) {
                case NOTHING -> "nothing";
                case BOOLEAN, NUMBER -> "'" + Mistakes.shown(text) + "'";
                case TEXT -> "text '" + Mistakes.shown(text) + "'";
            };
        }
    }

    /** What YAML takes a scalar for. */
    enum Form {
        NOTHING,
        BOOLEAN,
        NUMBER,
        TEXT
    }

    /** A list. */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with values, each key once. */
    record Mapping(int line, List<Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "a group of keys";
        }

        @Nullable
        Entry find(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().equals(key))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A key with its value. */
    record Entry(int line, String key, YamlNode value) {}
}
