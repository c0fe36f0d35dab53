package io.tripline.rules.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A table of where a rule's hits begin to fail and its false alarms begin: {@code target/variations/<rule>.md}. */
public final class Variations {
    private final String rule;
    private final long seed;
    private final List<String> lines = new ArrayList<>();

    public Variations(String rule, long seed) {
        this.rule = rule;
        this.seed = seed;
    }

    /** Whether one variation is found. */
    public boolean row(String variation, boolean found) {
        lines.add("| " + variation + " | " + (found ? "found" : "not found") + " |");
        return found;
    }

    /** The first of ascending values at which something is no longer as at the least; {@code most + 1} where it always is. */
    public int edge(String variation, int least, int most, int step, IntPredicate found) {
        boolean before = found.test(least);
        int value = least;
        while (value <= most && found.test(value) == before) {
            value += step;
        }
        lines.add("| " + variation + ": " + least + " to " + (value - step) + " | " + (before ? "found" : "not found")
                + " |");
        if (value <= most) {
            lines.add("| " + variation + ": " + value + " | " + (before ? "not found" : "found") + " |");
        }
        return value;
    }

    /** Writes what was tried. */
    public void write() {
        Path file = Path.of("target", "variations", rule + ".md");
        List<String> text =
                new ArrayList<>(List.of("# " + rule + ", seed " + seed, "", "| variation | |", "| --- | --- |"));
        text.addAll(lines);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
