package io.tripline.shell;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * A program's command line: each error is told in lines of {@code tripline: …} on standard error, with an
 * {@link ExitStatus}, and with its stack trace only where {@code --debug} is given.
 */
public final class Shell {
    private static final String DEBUG = "--debug";

    private final UnaryOperator<String> safe;
    private final Function<Exception, @Nullable UserError> told;

    private Shell(UnaryOperator<String> safe, Function<Exception, @Nullable UserError> told) {
        this.safe = safe;
        this.told = told;
    }

    /**
     * The command line of a program, for the program and its tests.
     *
     * @param safe makes a line fit for a terminal, whatever stands in it
     * @param told what an exception that is no {@link UserError} means to the user; null means an internal error
     */
    public static CommandLine of(
            Object program, UnaryOperator<String> safe, Function<Exception, @Nullable UserError> told) {
        Shell shell = new Shell(safe, told);
        CommandLine commandLine = new CommandLine(program);
        commandLine.setParameterExceptionHandler((exception, ignored) -> {
            PrintWriter error = exception.getCommandLine().getErr();
            error.println("tripline: " + safe.apply(String.valueOf(exception.getMessage())));
            error.println("Try: " + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitStatus.USAGE;
        });
        commandLine.setExecutionExceptionHandler(
                (exception, failed, parsed) -> shell.tell(exception, failed.getErr(), isDebugged(parsed)));
        return commandLine;
    }

    /**
     * Runs a program on the process's streams, in UTF-8.
     *
     * @param flushed whether each line of the answer is to be seen at once
     * @return the exit status
     */
    public static int run(CommandLine commandLine, boolean flushed, String... arguments) {
        commandLine
                .setOut(new PrintWriter(System.out, flushed, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        int status = commandLine.execute(arguments);
        commandLine.getOut().flush();
        return status;
    }

    /** Whether stack traces are asked for, where nothing is parsed yet. */
    public static boolean isDebugged(String... arguments) {
        return List.of(arguments).contains(DEBUG);
    }

    private static boolean isDebugged(ParseResult parsed) {
        return parsed.originalArgs().contains(DEBUG);
    }

    /** What {@code --version} answers: the version of the jar that a class lies in, and that of Java. */
    public static String[] version(String name, Class<?> program) {
        String version = program.getPackage().getImplementationVersion();
        return new String[] {name + " " + (version == null ? "(unpackaged)" : version) + ", Java " + Runtime.version()};
    }

    /** The exception itself or the first of its causes that is of a type. */
    public static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    private int tell(Exception exception, PrintWriter error, boolean debug) {
        if (debug) {
            exception.printStackTrace(error);
        }
        UserError mistake = cause(exception, UserError.class);
        if (mistake == null) {
            mistake = told.apply(exception);
        }
        if (mistake == null) {
            mistake = new UserError(ExitStatus.INTERNAL, "internal error: " + exception);
        }
        String hint = mistake.status() == ExitStatus.INTERNAL && !debug ? "; --debug shows where" : "";
        mistake.lines().forEach(line -> error.println("tripline: " + safe.apply(line) + hint));
        return mistake.status();
    }
}
