package io.tripline.analyze;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What libraries log: warnings on standard error, one line each. Flink is silent, since what fails in it reaches the
 * program as an exception. Set up when something is logged for the first time, which most runs never do.
 */
public final class LogLines extends Formatter {
    private static final String DEBUG = "tripline.debug";

    /** Held, since a logger that nobody holds forgets its level. */
    private static final List<Logger> HELD = new ArrayList<>();

    /** Takes effect when something is logged. */
    static void install(boolean debug) {
        System.setProperty("java.util.logging.config.class", Configuration.class.getName());
        System.setProperty(DEBUG, String.valueOf(debug));
    }

    private static void limit(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        HELD.add(logger);
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
            Level ofFlink = Boolean.getBoolean(DEBUG) ? Level.WARNING : Level.OFF;
            limit("org.apache.flink", ofFlink);
            limit("org.apache.pekko", ofFlink);
            // What draws PDFs warns of fonts that stand in for others; those of the report are embedded.
            limit("org.apache.pdfbox", Level.SEVERE);
            limit("org.apache.fontbox", Level.SEVERE);
        }
    }
}
