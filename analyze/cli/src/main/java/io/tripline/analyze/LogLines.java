package io.tripline.analyze;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What libraries log: warnings on standard error, one line each. Flink is silent, since what fails in it reaches the
 * program as an exception. Set up when something is logged for the first time, which most runs never do.
 */
public final class LogLines extends Formatter {
    private static final String DEBUG = "tripline.debug";

    /** Kept, since a logger that nobody holds forgets its level. */
    private static final List<Logger> LEVELS = Stream.concat(
                    Stream.of("org.apache.flink", "org.apache.pekko")
                            .map(name -> level(name, Boolean.getBoolean(DEBUG) ? Level.WARNING : Level.OFF)),
                    // What draws PDFs warns of fonts that stand in for others; those of the report are embedded.
                    Stream.of("org.apache.pdfbox", "org.apache.fontbox").map(name -> level(name, Level.SEVERE)))
            .toList();

    /** Takes effect when something is logged. */
    static void install(boolean debug) {
        System.setProperty("java.util.logging.config.class", Configuration.class.getName());
        System.setProperty(DEBUG, String.valueOf(debug));
    }

    private static Logger level(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        return logger;
    }

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder("tripline: ")
                .append(entry.getLevel().getName().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(Terminal.safe(formatMessage(entry)))
                .append(System.lineSeparator());
        if (entry.getThrown() != null && Boolean.getBoolean(DEBUG)) {
            StringWriter trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace, true));
            line.append(trace);
        }
        return line.toString();
    }

    /** Named to {@link java.util.logging.LogManager}, which makes one. */
    public static final class Configuration {
        public Configuration() {
            Logger root = Logger.getLogger("");
            ConsoleHandler errors = new ConsoleHandler();
            errors.setFormatter(new LogLines());
            root.addHandler(errors);
            root.setLevel(Level.WARNING);
            if (LEVELS.isEmpty()) {
                throw new IllegalStateException("levels of libraries are not set");
            }
        }
    }
}
