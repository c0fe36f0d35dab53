package io.tripline.job.settings.yaml;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.tripline.job.settings.yaml.YamlNode.Entry;
import io.tripline.job.settings.yaml.YamlNode.Form;
import io.tripline.job.settings.yaml.YamlNode.Mapping;
import io.tripline.job.settings.yaml.YamlNode.Scalar;
import io.tripline.job.settings.yaml.YamlNode.Sequence;
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
final class YamlTree {
    /** Characters of a file; a list of indicators is a file of its own. */
    static final int CHARACTERS = 1 << 20;

    private static final int DEPTH = 20;

    private final YAMLParser parser;
    private final Mistakes mistakes;

    private YamlTree(YAMLParser parser, Mistakes mistakes) {
        this.parser = parser;
        this.mistakes = mistakes;
    }

    /** What stands in a text; null where it is empty or cannot be read. */
    static @Nullable YamlNode read(String text, Mistakes mistakes) {
        try (YAMLParser parser = factory().createParser(text)) {
            YamlTree tree = new YamlTree(parser, mistakes);
            if (parser.nextToken() == null) {
                return null;
            }
            YamlNode root = tree.node("");
            if (parser.nextToken() != null) {
                mistakes.add(tree.line(), "", "a second document begins here; a settings file has one");
            }
            return root;
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            mistakes.add(at == null ? 1 : Math.max(1, at.getLineNr()), "", "is not YAML: " + reason(e));
        } catch (MarkedYAMLException e) {
            mistakes.add(
                    e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1,
                    "",
                    "is not YAML: " + Mistakes.shown(String.valueOf(e.getProblem())));
        } catch (YAMLException e) {
            mistakes.add(1, "", "is not YAML: " + reason(e));
        } catch (IOException e) {
            throw new IllegalStateException("in-memory read failed", e);
        }
        return null;
    }

    private static YAMLFactory factory() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(CHARACTERS);
        limits.setNestingDepthLimit(DEPTH);
        limits.setMaxAliasesForCollections(0);
        return YAMLFactory.builder()
                .loaderOptions(limits)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxStringLength(CHARACTERS)
                        .build())
                .build();
    }

    /** The first line of what the library says; the others draw the place. */
    private static String reason(Exception e) {
        String message = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
        return Mistakes.shown(
                String.valueOf(message).lines().findFirst().orElse("").strip());
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
            mistakes.add(
                    line,
                    path,
                    "an alias (*" + Mistakes.shown(parser.getText()) + "); write the value, aliases are not supported");
        } else if (parser.getObjectId() != null) {
            mistakes.add(
                    line,
                    path,
                    "an anchor (&" + Mistakes.shown(String.valueOf(parser.getObjectId()))
                            + "); remove it, aliases are not supported");
        } else if (parser.getTypeId() != null) {
            mistakes.add(
                    line,
                    path,
                    "a tag (!" + Mistakes.shown(String.valueOf(parser.getTypeId()))
                            + "); remove it, tags are not supported");
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
                mistakes.add(at, inside, "duplicate key");
            }
        }
        return new Mapping(line, List.copyOf(entries));
    }
}
