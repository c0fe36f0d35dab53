package io.tripline.sensor.program;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.tripline.shell.UserError;
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
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A settings file in YAML: the long options as keys, and Kafka's properties under {@code kafka}. Strict: an unknown
 * key, a key twice, anchors, aliases, tags and a second document are mistakes, told with file, line and key; values
 * never are.
 */
final class SettingsFile {
    private static final int MOST = 1 << 20;
    private static final int DEPTH = 5;

    private final String file;
    private final YAMLParser parser;
    private final Set<String> known;
    private final Map<String, Given> settings = new LinkedHashMap<>();

    private SettingsFile(String file, YAMLParser parser, Set<String> known) {
        this.file = file;
        this.parser = parser;
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
            bytes = in.readNBytes(MOST + 1);
        }
        if (bytes.length > MOST) {
            throw UserError.usage(file + ": is larger than " + MOST + " bytes");
        }
        try (YAMLParser parser = factory().createParser(new String(bytes, StandardCharsets.UTF_8))) {
            SettingsFile reader = new SettingsFile(file, parser, known);
            reader.document();
            return reader.settings;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw UserError.usage(file + ":" + line + ": is not YAML");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw UserError.usage(file + ":" + line + ": is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw UserError.usage(file + ": is not YAML");
        }
    }

    private static YAMLFactory factory() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MOST);
        limits.setNestingDepthLimit(DEPTH);
        limits.setMaxAliasesForCollections(0);
        return YAMLFactory.builder()
                .loaderOptions(limits)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxStringLength(MOST)
                        .build())
                .build();
    }

    private void document() throws IOException {
        if (parser.nextToken() == null) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(line(), "", "settings are keys with values, such as name: east-tap");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int line = line();
            String key = parser.currentName();
            parser.nextToken();
            if (!known.contains(key)) {
                throw wrong(line, key, "no such key; known are " + String.join(", ", new TreeSet<>(known)));
            }
            if (settings.put(key, value(line, key)) != null) {
                throw wrong(line, key, "duplicate key");
            }
        }
        if (parser.nextToken() != null) {
            throw wrong(line(), "", "a second document begins here; a settings file has one");
        }
    }

    private Given value(int line, String key) throws IOException {
        String origin = file + ":" + line + ": " + key;
        switch (parser.currentToken()) {
            case START_ARRAY -> {
                List<String> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(scalar(key));
                }
                return Given.of(origin, values);
            }
            case START_OBJECT -> {
                Map<String, String> entries = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String inner = parser.currentName();
                    int at = line();
                    parser.nextToken();
                    if (entries.put(inner, scalar(key + "." + inner)) != null) {
                        throw wrong(at, key + "." + inner, "duplicate key");
                    }
                }
                return new Given(origin, List.of(), entries);
            }
            default -> {
                return Given.of(origin, List.of(scalar(key)));
            }
        }
    }

    private String scalar(String key) throws IOException {
        if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
            throw wrong(line(), key, "anchors, aliases and tags are not supported; write the value");
        }
        JsonToken token = parser.currentToken();
        if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw wrong(line(), key, token == JsonToken.VALUE_NULL ? "has no value" : "must be a single value");
        }
        return parser.getText();
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private UserError wrong(int line, String key, String what) {
        return UserError.usage(file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + what);
    }
}
