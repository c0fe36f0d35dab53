package io.tripline.job.settings.yaml;

import com.fasterxml.jackson.core.JacksonException;
import io.tripline.rules.intel.IntelCounts;
import io.tripline.rules.intel.IntelIndex;
import io.tripline.rules.intel.IntelList;
import io.tripline.shell.yaml.YamlNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads key {@code intel} and the lists that it names. What an entry of a list means is counted if it is not
 * understood; a list that is not there is a mistake.
 */
final class IntelReader {
    /** Bytes of one list. */
    private static final long FILE = 512L << 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** How a list is written. */
    enum Format {
        PLAIN,
        CSV,
        STIX
    }

    private final Function<String, Path> located;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final LocalDate today;
    private final Mistakes mistakes;
    private final Values values;
    private final IntelIndex.Builder index = new IntelIndex.Builder();
    private final List<IntelCounts> counts = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /**
     * Reads lists.
     *
     * @param located where a list lies, by the text that names it
     */
    IntelReader(Function<String, Path> located, LocalDate today, Mistakes mistakes) {
        this.located = located;
        this.today = today;
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
    }

    /** What loading each list gave. */
    List<IntelCounts> counts() {
        return counts;
    }

    IntelIndex read(List<YamlNode> items) {
        for (int i = 0; i < items.size(); i++) {
            if (i == IntelIndex.LISTS) {
                mistakes.add(items.get(i).line(), "intel", "more than " + IntelIndex.LISTS + " lists; join some files");
                break;
            }
            Group group = Group.of(
                    items.get(i), "intel[" + i + "]", List.of("file", "format", "column", "name", "kind"), mistakes);
            if (group != null) {
                read(group);
            }
        }
        return index.build();
    }

    private void read(Group group) {
        YamlNode fileNode = group.required("file", "lists/c2.txt");
        YamlNode formatNode = group.required("format", "plain");
        YamlNode nameNode = group.required("name", "c2-feed");
        YamlNode kindNode = group.value("kind");
        YamlNode columnNode = group.value("column");
        String file = fileNode == null ? null : values.text(fileNode, group.path("file"));
        Format format = formatNode == null ? null : values.constant(formatNode, group.path("format"), Format.class);
        String name = nameNode == null
                ? null
                : named(nameNode, group.path("name"), NAME, "letters, digits, blanks and ._-, such as c2-feed");
        String kind = kindNode == null
                ? "listed"
                : named(kindNode, group.path("kind"), KIND, "lower-case letters, digits and dashes, such as c2");
        String column = columnNode == null ? null : values.text(columnNode, group.path("column"));
        if (column != null && format != null && format != Format.CSV) {
            mistakes.add(group.line("column"), group.path("column"), "only lists of format csv have columns");
        }
        if (name != null && !names.add(name)) {
            mistakes.add(group.line("name"), group.path("name"), "two lists are called " + name + "; rename one");
        }
        Path path = file == null ? null : path(file, group);
        if (path != null && format != null && name != null && kind != null) {
            load(path, format, column, new IntelList(name, kind), group);
        }
    }

    private @Nullable String named(YamlNode node, String path, Pattern pattern, String right) {
        String text = values.text(node, path);
        if (text != null && !pattern.matcher(text).matches()) {
            mistakes.add(node.line(), path, "'" + Mistakes.shown(text) + "' is not a valid name; use " + right);
            return null;
        }
        return text;
    }

    /** The files of lists, by the text that names them. */
    Map<String, Path> files() {
        return Map.copyOf(files);
    }

    private @Nullable Path path(String file, Group group) {
        try {
            Path path = located.apply(file);
            files.put(file, path);
            return path;
        } catch (InvalidPathException e) {
            mistakes.add(group.line("file"), group.path("file"), "is not a valid file name");
            return null;
        }
    }

    private void load(Path path, Format format, @Nullable String column, IntelList list, Group group) {
        index.list(list);
        String shown = Mistakes.shown(path.toString(), 200);
        IntelTally tally = new IntelTally(index, shown);
        try {
            if (Files.size(path) > FILE) {
                mistakes.add(
                        group.line("file"),
                        group.path("file"),
                        shown + " is larger than " + (FILE >> 20) + " MiB; split it");
                return;
            }
            try (BufferedReader in = open(path)) {
                switch (format) {
                    case PLAIN -> LineLists.plain(in, tally);
                    case CSV -> {
                        if (!LineLists.csv(in, column, tally)) {
                            mistakes.add(
                                    group.line("column"),
                                    group.path("column"),
                                    "the first row of " + shown + " has no column "
                                            + Mistakes.shown(String.valueOf(column)) + "; name one that it has");
                        }
                    }
                    case STIX -> new StixBundle(tally, today).read(in);
                }
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            mistakes.add(
                    group.line("file"),
                    group.path("file"),
                    shown + ":" + line + " is not valid JSON: " + Mistakes.shown(e.getOriginalMessage()));
        } catch (IOException e) {
            mistakes.add(
                    group.line("file"),
                    group.path("file"),
                    "cannot read " + shown + " (" + e.getClass().getSimpleName()
                            + "); a relative path starts at the settings file");
        }
        counts.add(tally.counts(list));
    }

    /** Bytes that are no UTF-8 become signs that are in no address and no domain. */
    private static BufferedReader open(Path path) throws IOException {
        return new BufferedReader(new java.io.InputStreamReader(
                Files.newInputStream(path),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
    }
}
