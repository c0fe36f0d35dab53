package io.tripline.stack;

import io.tripline.shell.ExitStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tripline stack status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the state of each server and the job; exit status 1 when something is down.")
final class StatusCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final StackCommand.Folder folder = new StackCommand.Folder();

    @Option(names = "--json", description = "One JSON object instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        Path dir = folder.path();
        Stack stack = Stack.in(dir)
                .orElseThrow(
                        () -> new StackError("there is no stack in " + dir + "; start one with 'tripline stack up'"));
        StackStatus status = StackStatus.of(stack);
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(status.json(stack));
        } else {
            status.print(out);
        }
        return status.isWell() ? ExitStatus.DONE : ExitStatus.MISSING;
    }
}
