package io.tripline.stack;

import io.tripline.shell.ExitStatus;
import io.tripline.shell.Shell;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the programs of this module share: how they start, and how they tell errors. */
final class Programs {
    private Programs() {}

    static void run(Object program, String... arguments) {
        System.exit(Shell.run(commandLine(program), false, arguments));
    }

    static CommandLine commandLine(Object program) {
        return Shell.of(program, UnaryOperator.identity(), Programs::told);
    }

    private static @Nullable UserError told(Exception exception) {
        return exception instanceof UncheckedIOException || exception instanceof IOException
                ? new UserError(ExitStatus.INPUT_OUTPUT, "cannot read or write: " + exception.getMessage())
                : null;
    }
}
