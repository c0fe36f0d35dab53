package io.tripline.analyze;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Option;

/** The program behind {@code ./tripline}. */
@Command(
        name = "tripline",
        mixinStandardHelpOptions = true,
        versionProvider = Tripline.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Network intrusion detection: scans, brute force, floods, spoofing, tunnels, exfiltration.")
public final class Tripline {
    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT, description = "Show stack traces of errors.")
    private boolean debug;

    /** Runs a command and leaves the process with its exit status. */
    public static void main(String[] arguments) {
        LogLines.install(List.of(arguments).contains("--debug"));
        CommandLine commandLine = commandLine(arguments)
                .setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        int status = commandLine.execute(arguments);
        commandLine.getOut().flush();
        System.exit(status);
    }

    /** The command line, with all commands. */
    static CommandLine commandLine() {
        return commandLine(new String[0]);
    }

    /**
     * The command line for these arguments. What a command takes is looked up by reflection, a tenth of a second each:
     * where the command comes first, the others are left out.
     */
    private static CommandLine commandLine(String[] arguments) {
        Tripline program = new Tripline();
        CommandLine commandLine = new CommandLine(program);
        commands(arguments.length == 0 ? "" : arguments[0]).forEach(commandLine::addSubcommand);
        commandLine.setExecutionExceptionHandler(program.exceptions());
        commandLine.setParameterExceptionHandler((exception, ignored) -> {
            PrintWriter error = exception.getCommandLine().getErr();
            error.println("tripline: " + Terminal.safe(String.valueOf(exception.getMessage())));
            error.println("Try: tripline "
                    + (exception.getCommandLine().getCommandName().equals("tripline")
                            ? ""
                            : exception.getCommandLine().getCommandName() + " ")
                    + "--help");
            return ExitStatus.USAGE;
        });
        return commandLine;
    }

    private static List<Object> commands(String first) {
        return switch (first) {
            case "analyze" -> List.of(new AnalyzeCommand());
            case "report" -> List.of(new ReportCommand());
            case "rules" -> List.of(new RulesCommand());
            default ->
                List.of(
                        new AnalyzeCommand(),
                        new ReportCommand(),
                        new RulesCommand(),
                        new AutoComplete.GenerateCompletion());
        };
    }

    private IExecutionExceptionHandler exceptions() {
        return (exception, commandLine, ignored) -> {
            PrintWriter error = commandLine.getErr();
            UserError mistake = cause(exception, UserError.class);
            java.io.IOException medium = cause(exception, java.io.IOException.class);
            if (debug) {
                exception.printStackTrace(error);
            }
            if (mistake != null) {
                mistake.lines().forEach(line -> error.println("tripline: " + Terminal.safe(line)));
                return mistake.status();
            }
            if (medium != null) {
                error.println("tripline: cannot read or write: " + Terminal.safe(medium.toString()));
                return ExitStatus.INPUT_OUTPUT;
            }
            error.println("tripline: internal error: " + Terminal.safe(exception.toString())
                    + (debug ? "" : "; --debug shows where"));
            return ExitStatus.INTERNAL;
        };
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    /** Tells the version of program and Java. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Tripline.class.getPackage().getImplementationVersion();
            return new String[] {
                "tripline " + (version == null ? "(unpackaged)" : version) + ", Java " + Runtime.version()
            };
        }
    }
}
