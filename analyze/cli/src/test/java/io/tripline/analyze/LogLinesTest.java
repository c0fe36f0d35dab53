package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What libraries log, as it stands on standard error. */
class LogLinesTest {
    private final LogLines lines = new LogLines();

    private static LogRecord warning(String message) {
        return new LogRecord(Level.WARNING, message);
    }

    @AfterEach
    void withoutDebug() {
        LogLines.install(false);
    }

    @Test
    void shouldBeOneLineThatSaysWhoSpeaks() {
        assertThat(lines.format(warning("a font is missing")))
                .isEqualTo("tripline: warning: a font is missing" + System.lineSeparator());
    }

    @Test
    void shouldLetNothingThroughThatSteersATerminal() {
        assertThat(lines.format(warning("name \u001b[2J\r\nforged: all is well")))
                .isEqualTo("tripline: warning: name \ufffd[2J\ufffd\ufffdforged: all is well" + System.lineSeparator());
    }

    @Test
    void shouldShowStackTracesForDebuggingOnly() {
        LogRecord failure = warning("failed");
        failure.setThrown(new IllegalStateException("reason"));

        LogLines.install(false);
        assertThat(lines.format(failure)).doesNotContain("IllegalStateException");
        LogLines.install(true);
        assertThat(lines.format(failure)).contains("IllegalStateException: reason", "at io.tripline");
    }
}
