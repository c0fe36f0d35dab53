package io.tripline.analyze;

import io.tripline.shell.ExitStatus;
import io.tripline.shell.Shell;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
    @SuppressWarnings("UnusedVariable") // read from the arguments, where an error is told
    private boolean debug;

    /** Runs a command and leaves the process with its exit status. */
    public static void main(String[] arguments) {
        LogLines.install(Shell.isDebugged(arguments));
        System.exit(Shell.run(commandLine(arguments), false, arguments));
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
        CommandLine commandLine = Shell.of(new Tripline(), Terminal::safe, Tripline::told);
        commands(arguments.length == 0 ? "" : arguments[0]).forEach(commandLine::addSubcommand);
        return commandLine;
    }

    private static @Nullable UserError told(Exception exception) {
        IOException medium = Shell.cause(exception, IOException.class);
        return medium == null ? null : new UserError(ExitStatus.INPUT_OUTPUT, "cannot read or write: " + medium);
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

    /** Tells the version of program and Java. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return Shell.version("tripline", Tripline.class);
        }
    }
}
