package io.tripline.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripline.shell.ExitStatus;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tripline doctor}. */
@Command(
        name = "tripline doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Checks what Tripline needs on this machine, and how to get what is missing.",
            "Checks the servers that --config names; without it, those of a stack in ./tripline-stack."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:nothing is missing", "1:something is missing", "64:wrong usage"})
public final class DoctorCommand implements Callable<Integer> {
    private static final Path STACK = Path.of("tripline-stack");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings with kafka and elasticsearch.")
    private @Nullable Path config;

    @Option(names = "--jobmanager", paramLabel = "HOST:PORT", description = "REST address of a Flink cluster.")
    private @Nullable String jobManager;

    @Option(names = "--json", description = "One JSON object instead of the table.")
    private boolean json;

    @Option(names = "--debug", description = "Show stack traces of errors.")
    @SuppressWarnings("UnusedVariable") // read from the arguments, where an error is told
    private boolean debug;

    /** Looks at everything and leaves the process with its exit status. */
    public static void main(String[] arguments) {
        Programs.run(new DoctorCommand(), arguments);
    }

    @Override
    public Integer call() {
        List<Diagnosis> all = new ArrayList<>(MachineChecks.all(Path.of("").toAbsolutePath()));
        Stack stack = Stack.in(STACK).orElse(null);
        Path file = config != null ? config : stack == null ? null : stack.settings();
        if (file != null) {
            if (!Files.isReadable(file)) {
                throw new StackError("--config: cannot read " + file);
            }
            all.addAll(ServerChecks.of(ConnectionSettings.read(file)));
        }
        String flink = jobManager != null
                ? jobManager
                : stack == null ? null : stack.flink().restAddress();
        if (flink != null) {
            all.add(ServerChecks.flink(flink));
        }
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(json(all));
        } else {
            all.forEach(diagnosis -> diagnosis.print(out));
            if (file == null) {
                out.println(
                        "Servers were not checked: there is no stack in ./" + STACK + ", and no --config was given.");
            }
        }
        return all.stream().allMatch(Diagnosis::isWell) ? ExitStatus.DONE : ExitStatus.MISSING;
    }

    private static String json(List<Diagnosis> all) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("well", all.stream().allMatch(Diagnosis::isWell));
        all.forEach(diagnosis -> diagnosis.write(root.withArray("checks").addObject()));
        return root.toString();
    }
}
