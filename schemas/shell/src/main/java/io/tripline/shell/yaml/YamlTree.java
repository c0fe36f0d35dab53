package io.tripline.shell.yaml;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.tripline.shell.yaml.YamlNode.Entry;
import io.tripline.shell.yaml.YamlNode.Form;
import io.tripline.shell.yaml.YamlNode.Mapping;
import io.tripline.shell.yaml.YamlNode.Scalar;
import io.tripline.shell.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads YAML into nodes with lines. Refuses what settings have no use for: a key twice, anchors and aliases (which can
 * unfold a short file into a huge one), tags, a second document. Bounded in size and depth whatever stands in the file.
 */
public final class YamlTree {
    /** Characters of a file; a list of indicators is a file of its own. */
    public static final int CHARACTERS = 1 << 20;

    private final YAMLParser parser;
    private final Faults faults;

    /** What is refused. */
    public enum Fault {
        NOT_YAML,
        SECOND_DOCUMENT,
        ALIAS,
        ANCHOR,
        TAG,
        DUPLICATE_KEY
    }

    /** Takes what is refused. */
    public interface Faults {
        /**
         * Takes one.
         *
         * @param line from 1
         * @param path keys with dots, list entries with their number in brackets; empty for the whole file
         * @param detail the name of alias, anchor or tag, what the library says of text that is no YAML, or empty; may
         *     hold anything that stands in the file
         */
        void add(int line, String path, Fault fault, String detail);
    }

    private YamlTree(YAMLParser parser, Faults faults) {
        this.parser = parser;
        this.faults = faults;
    }

    /**
     * What stands in a text; null where it is empty or cannot be read.
     *
     * @param depth of groups and lists in each other, at most
     */
    public static @Nullable YamlNode read(String text, int depth, Faults faults) {
        try (YAMLParser parser = factory(depth).createParser(text)) {
            YamlTree tree = new YamlTree(parser, faults);
            if (parser.nextToken() == null) {
                return null;
            }
            YamlNode root = tree.node("");
            if (parser.nextToken() != null) {
                faults.add(tree.line(), "", Fault.SECOND_DOCUMENT, "");
            }
            return root;
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            faults.add(
                    at == null ? 1 : Math.max(1, at.getLineNr()), "", Fault.NOT_YAML, reason(e.getOriginalMessage()));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            faults.add(line, "", Fault.NOT_YAML, String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            faults.add(1, "", Fault.NOT_YAML, reason(e.getMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("in-memory read failed", e);
        }
        return null;
    }

    private static YAMLFactory factory(int depth) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(CHARACTERS);
        limits.setNestingDepthLimit(depth);
        limits.setMaxAliasesForCollections(0);
        return YAMLFactory.builder()
                .loaderOptions(limits)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxStringLength(CHARACTERS)
                        .build())
                .build();
    }

    /** The first line of what the library says; the others draw the place. */
    private static String reason(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("").strip();
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private YamlNode node(String path) throws IOException {
        int line = line();
        refuseCleverness(line, path);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(line, path);
            case START_ARRAY -> sequence(line, path);
            case VALUE_NULL -> new Scalar(line, Form.NOTHING, "");
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(line, Form.BOOLEAN, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Scalar(line, Form.NUMBER, parser.getText());
            default -> new Scalar(line, Form.TEXT, parser.getText());
        };
    }

    private void refuseCleverness(int line, String path) throws IOException {
        if (parser.isCurrentAlias()) {
            faults.add(line, path, Fault.ALIAS, parser.getText());
        } else if (parser.getObjectId() != null) {
            faults.add(line, path, Fault.ANCHOR, String.valueOf(parser.getObjectId()));
        } else if (parser.getTypeId() != null) {
            faults.add(line, path, Fault.TAG, String.valueOf(parser.getTypeId()));
        }
    }

    private Sequence sequence(int line, String path) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path + "[" + items.size() + "]"));
        }
        return new Sequence(line, List.copyOf(items));
    }

    private Mapping mapping(int line, String path) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int at = line();
            String key = parser.currentName();
            parser.nextToken();
            String inside = path.isEmpty() ? key : path + "." + key;
            YamlNode value = node(inside);
            if (keys.add(key)) {
                entries.add(new Entry(at, key, value));
            } else {
                faults.add(at, inside, Fault.DUPLICATE_KEY, "");
            }
        }
        return new Mapping(line, List.copyOf(entries));
    }
}
