package io.tripline.analyze;

import io.tripline.job.settings.yaml.Mistake;
import io.tripline.job.settings.yaml.SettingsFile;
import io.tripline.rules.JobSettings;
import io.tripline.rules.intel.IntelCounts;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what {@code --config} names. */
final class SettingsFiles {
    private SettingsFiles() {}

    /**
     * The settings in a file; the defaults where none is named.
     *
     * @throws UserError if it cannot be read, or anything in it is wrong: all of that at once, one line each
     */
    static JobSettings read(@Nullable Path file) {
        return readFile(file).settings();
    }

    /** Settings with what loading their lists gave; errors as in {@link #read}. */
    static SettingsFile readFile(@Nullable Path file) {
        if (file == null) {
            return SettingsFile.NONE;
        }
        SettingsFile read = open(file);
        if (!read.mistakes().isEmpty()) {
            throw new UserError(ExitStatus.USAGE, lines(read.mistakes()));
        }
        return read;
    }

    /** A file as it is, with what is wrong. */
    static SettingsFile open(Path file) {
        try {
            return SettingsFile.read(file, LocalDate.now(ZoneOffset.UTC));
        } catch (IOException e) {
            throw new UserError(ExitStatus.INPUT_OUTPUT, "cannot read settings: " + e);
        }
    }

    static List<String> lines(List<Mistake> mistakes) {
        return mistakes.stream().map(Mistake::toString).collect(Collectors.toList());
    }

    /** What loading a list gave, one line; what was not understood with its kinds and the first places. */
    static void tell(IntelCounts counts, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "intel list %s: %,d entries of %,d read, %,d duplicates, %,d not understood%s%n",
                counts.list().name(),
                counts.entries(),
                counts.read(),
                counts.duplicates(),
                counts.notUnderstoodCount(),
                counts.notUnderstood().isEmpty() ? "" : " " + counts.notUnderstood());
        counts.examples().forEach(example -> out.println("  " + Terminal.safe(example)));
    }
}
