package io.tripline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files with settings of a server. */
final class TextFile {
    /** One log format for all servers: standard output, which goes to {@code DIR/logs}. */
    static final String LOG4J = """
            status = error
            appender.out.type = Console
            appender.out.name = out
            appender.out.layout.type = PatternLayout
            appender.out.layout.pattern = %d{ISO8601} %-5p %c{1} - %m%n
            rootLogger.level = info
            rootLogger.appenderRef.out.ref = out
            """;

    private TextFile() {}

    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
