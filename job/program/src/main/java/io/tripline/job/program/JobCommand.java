package io.tripline.job.program;

import io.tripline.schemas.SafeText;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.Shell;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code ./tripline job}. */
@Command(
        name = "tripline job",
        mixinStandardHelpOptions = true,
        versionProvider = JobCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "The job that runs the rules: packets from Kafka in, alerts to Kafka and Elasticsearch out.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, or stopped gracefully",
            "64:wrong usage, or invalid settings",
            "69:a server cannot be reached, refuses, or lacks what the job needs",
            "70:internal error",
            "74:cannot read or write"
        },
        subcommands = {
            SetupCommand.class,
            RunCommand.class,
            SubmitCommand.class,
            UpdateCommand.class,
            StopCommand.class,
            StatusCommand.class,
            RefillCommand.class
        })
public final class JobCommand {
    private static final String LOG = "log4j2.configurationFile";

    /** Code points of a line that may come from elsewhere. */
    private static final int SHOWN = 2_000;

    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT, description = "Show stack traces of errors.")
    @SuppressWarnings("UnusedVariable") // read from the arguments, where an error is told
    private boolean debug;

    /** Runs a command and leaves the process with its exit status. */
    public static void main(String[] arguments) {
        // Before anything logs: the library would look for a file of its own name, which the one-machine tool has.
        if (System.getProperty(LOG) == null) {
            System.setProperty(LOG, "classpath:tripline-job-log4j2.properties");
        }
        if (Shell.isDebugged(arguments)) {
            System.setProperty("tripline.log.stack", "full");
            System.setProperty("tripline.log.level", "INFO");
        }
        System.exit(Shell.run(commandLine(), true, arguments));
    }

    /** The command line, for the program and its tests. */
    static CommandLine commandLine() {
        CommandLine commandLine = Shell.of(new JobCommand(), JobCommand::shown, JobCommand::told);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    /** Messages may hold what servers and clients said, in several lines. */
    private static String shown(String text) {
        return text.lines().map(line -> SafeText.replaced(line, SHOWN)).collect(Collectors.joining("\n"));
    }

    private static UserError told(Exception exception) {
        return exception instanceof IOException
                ? new UserError(ExitStatus.INPUT_OUTPUT, "cannot read or write: " + exception)
                : new UserError(ExitStatus.INTERNAL, "the job failed: " + Causes.told(exception));
    }

    /** Tells the version of program and Java. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return Shell.version("tripline job", JobCommand.class);
        }
    }
}
