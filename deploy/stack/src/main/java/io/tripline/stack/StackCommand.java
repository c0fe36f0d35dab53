package io.tripline.stack;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code tripline stack}. */
@Command(
        name = "tripline stack",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Kafka, Elasticsearch and a Flink cluster with Tripline's job on this machine, without containers.",
            "They listen on the loopback address only."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; status: all is up",
            "1:status: something is down",
            "64:wrong usage",
            "69:a server cannot be started",
            "74:cannot read or write"
        },
        subcommands = {UpCommand.class, StatusCommand.class, DownCommand.class})
public final class StackCommand {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces of errors.")
    @SuppressWarnings("UnusedVariable") // read from the arguments, where an error is told
    private boolean debug;

    /** Runs a command and leaves the process with its exit status. */
    public static void main(String[] arguments) {
        Programs.run(new StackCommand(), arguments);
    }

    /** The folder of the stack. */
    static final class Folder {
        @Option(
                names = "--dir",
                paramLabel = "DIR",
                defaultValue = "tripline-stack",
                description = "Folder of the stack (default ./${DEFAULT-VALUE}).")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Path dir;

        Path path() {
            String text = dir.toAbsolutePath().normalize().toString();
            if (text.matches("(?s).*[,:\"\\\\%\\p{Cntrl}].*")) {
                throw new StackError("--dir: some servers cannot run in a folder whose name has one of , : \" \\ %");
            }
            return Path.of(text);
        }
    }
}
