package io.tripline.stack;

import io.tripline.shell.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tripline stack down}. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops all servers. Data is kept, and the job resumes after the next 'up'.")
final class DownCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final StackCommand.Folder folder = new StackCommand.Folder();

    @Option(names = "--purge", description = "Delete all data of the stack: packets, alerts, the job's state.")
    private boolean purge;

    @Override
    public Integer call() throws IOException {
        Path dir = folder.path();
        PrintWriter error = command.commandLine().getErr();
        Optional<Stack> found = Stack.in(dir);
        if (found.isEmpty()) {
            error.println("tripline: there is no stack in " + dir);
            return ExitStatus.DONE;
        }
        Stack stack = found.get();
        StackLock.holding(dir, () -> {
            stack.down();
            if (purge) {
                stack.purge();
            }
        });
        error.println(
                "tripline: the stack in " + dir + (purge ? " is down and deleted" : " is down; its data is kept"));
        return ExitStatus.DONE;
    }
}
