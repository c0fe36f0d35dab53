package io.tripline.job.settings.yaml;

import io.tripline.schemas.SafeText;
import io.tripline.shell.yaml.YamlNode;
import io.tripline.shell.yaml.YamlNode.Scalar;
import io.tripline.shell.yaml.YamlNode.Sequence;
import io.tripline.shell.yaml.YamlTree.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with one file, so that all of it can be told at once. Texts from the file are made safe for a
 * terminal.
 */
final class Mistakes {
    /** A file of nothing but mistakes is not told line by line. */
    private static final int MOST = 200;

    private static final int SHOWN = 60;

    private final String file;
    private final List<Mistake> all = new ArrayList<>();
    private final @Nullable Mistakes into;
    private final String end;
    private int untold;

    Mistakes(String file) {
        this(file, null, "");
    }

    private Mistakes(String file, @Nullable Mistakes into, String end) {
        this.file = file;
        this.into = into;
        this.end = end;
    }

    /** A view of these to which mistakes are added with a text at their end. */
    Mistakes endingIn(String text) {
        return new Mistakes(file, this, text);
    }

    String file() {
        return file;
    }

    void add(int line, String key, String what) {
        if (into != null) {
            into.add(line, key, what + end);
        } else if (all.size() < MOST) {
            all.add(new Mistake(file, line, shown(key, 3 * SHOWN), what));
        } else {
            untold++;
        }
    }

    /** Adds what the reader of YAML refuses. */
    void add(int line, String path, Fault fault, String detail) {
        add(
                line,
                path,
                switch (fault) {
                    case NOT_YAML -> "is not YAML: " + shown(detail);
                    case SECOND_DOCUMENT -> "a second document begins here; a settings file has one";
                    case ALIAS -> "an alias (*" + shown(detail) + "); write the value, aliases are not supported";
                    case ANCHOR -> "an anchor (&" + shown(detail) + "); remove it, aliases are not supported";
                    case TAG -> "a tag (!" + shown(detail) + "); remove it, tags are not supported";
                    case DUPLICATE_KEY -> "duplicate key";
                });
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** All of them, by line. */
    List<Mistake> all() {
        List<Mistake> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(Mistake::line));
        if (untold > 0) {
            sorted.add(new Mistake(file, 0, "", "and " + untold + " more errors"));
        }
        return List.copyOf(sorted);
    }

    /** A piece of YAML in words. */
    static String kind(YamlNode node) {
        if (node instanceof Scalar scalar) {
            return switch (scalar.form()) {
                case NOTHING -> "nothing";
                case BOOLEAN, NUMBER -> "'" + shown(scalar.text()) + "'";
                case TEXT -> "text '" + shown(scalar.text()) + "'";
            };
        }
        return node instanceof Sequence ? "a list" : "a group of keys";
    }

    /** Text from a file as it may stand in a message: short, and without anything that steers a terminal. */
    static String shown(String text) {
        return shown(text, SHOWN);
    }

    static String shown(String text, int most) {
        return SafeText.escaped(text, most);
    }
}
