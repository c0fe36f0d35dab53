package io.tripline.stack;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the programs of this module share: how they start, and how they tell errors. */
final class Programs {
    private Programs() {}

    static void run(Object program, String... arguments) {
        CommandLine commandLine = commandLine(program)
                .setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        int status = commandLine.execute(arguments);
        commandLine.getOut().flush();
        System.exit(status);
    }

    static CommandLine commandLine(Object program) {
        CommandLine commandLine = new CommandLine(program);
        commandLine.setParameterExceptionHandler((exception, ignored) -> {
            CommandLine command = exception.getCommandLine();
            command.getErr().println("tripline: " + exception.getMessage());
            command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
            return ExitStatus.USAGE;
        });
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            boolean debug = List.of(parsed.originalArgs().toArray()).contains("--debug");
            if (debug) {
                exception.printStackTrace(command.getErr());
            }
            StackError mistake = cause(exception, StackError.class);
            if (mistake != null) {
                command.getErr().println("tripline: " + mistake.getMessage());
                return ExitStatus.UNAVAILABLE;
            }
            if (exception instanceof UncheckedIOException || exception instanceof IOException) {
                command.getErr().println("tripline: cannot read or write: " + exception.getMessage());
                return ExitStatus.INPUT_OUTPUT;
            }
            command.getErr().println("tripline: internal error: " + exception + (debug ? "" : "; --debug shows where"));
            return ExitStatus.INTERNAL;
        });
        return commandLine;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
