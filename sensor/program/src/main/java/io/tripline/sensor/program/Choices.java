package io.tripline.sensor.program;

import io.tripline.shell.UserError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was chosen: by the command line, else by the settings file, else by default. */
final class Choices {
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,12})(kB|MB|GB|KiB|MiB|GiB)?");
    private static final Map<String, Long> UNITS = Map.of(
            "kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private final Map<String, Given> given = new HashMap<>();

    /** The second goes where the first says nothing. */
    Choices(Map<String, Given> commandLine, Map<String, Given> file) {
        given.putAll(file);
        given.putAll(commandLine);
    }

    @Nullable
    Given find(String key) {
        return given.get(key);
    }

    boolean has(String key) {
        return given.containsKey(key);
    }

    List<String> list(String key) {
        Given found = given.get(key);
        if (found != null && found.values().isEmpty()) {
            throw found.wrong("must be a value or a list of values");
        }
        return found == null ? List.of() : found.values();
    }

    String text(String key, String otherwise) {
        String found = text(key);
        return found == null ? otherwise : found;
    }

    @Nullable
    String text(String key) {
        Given found = given.get(key);
        if (found == null) {
            return null;
        }
        if (found.values().size() != 1 || found.values().get(0).isBlank()) {
            throw found.wrong("must be one value that is not empty");
        }
        return found.values().get(0);
    }

    boolean flag(String key) {
        String found = text(key);
        if (found == null || found.equals("false")) {
            return false;
        }
        if (found.equals("true")) {
            return true;
        }
        throw wrong(key, "must be true or false");
    }

    long number(String key, long least, long most, long otherwise) {
        String found = text(key);
        if (found == null) {
            return otherwise;
        }
        if (!found.matches("[0-9]{1,18}") || Long.parseLong(found) < least || Long.parseLong(found) > most) {
            throw wrong(key, "must be a whole number from " + least + " to " + most);
        }
        return Long.parseLong(found);
    }

    /** Bytes, with or without a unit. */
    long bytes(String key, long least, long most, long otherwise) {
        String found = text(key);
        if (found == null) {
            return otherwise;
        }
        Matcher matcher = BYTES.matcher(found);
        long bytes = matcher.matches()
                ? Long.parseLong(matcher.group(1))
                        * (matcher.group(2) == null ? 1 : UNITS.getOrDefault(matcher.group(2), 1L))
                : -1;
        if (bytes < least || bytes > most) {
            throw wrong(key, "must be bytes from " + least + " to " + most + ", such as 64MiB");
        }
        return bytes;
    }

    @Nullable
    Path path(String key) {
        String found = text(key);
        try {
            return found == null ? null : Path.of(found);
        } catch (InvalidPathException e) {
            throw wrong(key, "is not a valid file name");
        }
    }

    /** Where a setting stands, with what is wrong with it. */
    UserError wrong(String key, String what) {
        Given found = given.get(key);
        return found == null ? UserError.usage("--" + key + ": " + what) : found.wrong(what);
    }
}
