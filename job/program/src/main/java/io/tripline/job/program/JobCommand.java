package io.tripline.job.program;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
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

    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT, description = "Show stack traces of errors.")
    private boolean debug;

    /** Runs a command and leaves the process with its exit status. */
    public static void main(String[] arguments) {
        // Before anything logs: the library would look for a file of its own name, which the one-machine tool has.
        if (System.getProperty(LOG) == null) {
            System.setProperty(LOG, "classpath:tripline-job-log4j2.properties");
        }
        if (List.of(arguments).contains("--debug")) {
            System.setProperty("tripline.log.stack", "full");
            System.setProperty("tripline.log.level", "INFO");
        }
        CommandLine commandLine = commandLine()
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        System.exit(commandLine.execute(arguments));
    }

    /** The command line, for the program and its tests. */
    static CommandLine commandLine() {
        JobCommand program = new JobCommand();
        CommandLine commandLine = new CommandLine(program);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler(program.exceptions());
        commandLine.setParameterExceptionHandler((exception, ignored) -> {
            PrintWriter error = exception.getCommandLine().getErr();
            error.println("tripline: " + exception.getMessage());
            error.println("Try: " + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitStatus.USAGE;
        });
        return commandLine;
    }

    private IExecutionExceptionHandler exceptions() {
        return (exception, commandLine, ignored) -> {
            PrintWriter error = commandLine.getErr();
            if (debug) {
                exception.printStackTrace(error);
            }
            UserError mistake = cause(exception, UserError.class);
            if (mistake != null) {
                mistake.lines().forEach(line -> error.println("tripline: " + line));
                return mistake.status();
            }
            if (exception instanceof IOException) {
                error.println("tripline: cannot read or write: " + exception);
                return ExitStatus.INPUT_OUTPUT;
            }
            error.println(
                    "tripline: the job failed: " + Causes.told(exception) + (debug ? "" : "; --debug shows where"));
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
            String version = JobCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "tripline job " + (version == null ? "(unpackaged)" : version) + ", Java " + Runtime.version()
            };
        }
    }
}
