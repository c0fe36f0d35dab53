package io.tripline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files with settings of a server. */
final class TextFile {
    private static final String LAYOUT = """
            appender.out.name = out
            appender.out.layout.type = PatternLayout
            appender.out.layout.pattern = %d{ISO8601} %-5p %c{1} - %m%n
            rootLogger.level = info
            rootLogger.appenderRef.out.ref = out
            """;

    /** To standard output: for a server that may write to its own folder only. */
    static final String LOG4J_OUTPUT = """
            status = error
            appender.out.type = Console
            """ + LAYOUT;

    /** To {@code DIR/logs/NAME.log}, which never takes more than some megabytes. */
    static final String LOG4J = """
            status = error
            appender.out.type = RollingFile
            appender.out.fileName = ${sys:log.file}
            appender.out.filePattern = ${sys:log.file}.%i
            appender.out.policies.type = Policies
            appender.out.policies.size.type = SizeBasedTriggeringPolicy
            appender.out.policies.size.size = 10MB
            appender.out.strategy.type = DefaultRolloverStrategy
            appender.out.strategy.fileIndex = min
            appender.out.strategy.max = 3
            # Each checkpoint makes a sink's committer tell anew of a metric that it has told of.
            logger.metrics.name = org.apache.flink.metrics.MetricGroup
            logger.metrics.level = error
            """ + LAYOUT;

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
