package io.tripline.stack;

import io.tripline.shell.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tripline stack up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts what is not running yet, creates topics and index templates, and starts the job.")
final class UpCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final StackCommand.Folder folder = new StackCommand.Folder();

    @Option(
            names = "--elasticsearch",
            paramLabel = "8|9|none",
            description = "Which version (default 9 where there is a Java 21 or later, otherwise 8).")
    private @Nullable String elasticsearch;

    @Option(names = "--task-managers", paramLabel = "N", description = "TaskManager processes (default 2).")
    private @Nullable Integer taskManagers;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Kafka's port (default 9092).")
    private @Nullable Integer kafkaPort;

    @Option(names = "--elasticsearch-port", paramLabel = "PORT", description = "Elasticsearch's port (default 9200).")
    private @Nullable Integer elasticsearchPort;

    @Option(names = "--flink-port", paramLabel = "PORT", description = "Port of Flink's web interface (default 8081).")
    private @Nullable Integer flinkPort;

    @Option(
            names = "--fresh",
            description =
                    "Where no job is running, start without state instead of restoring the newest savepoint or checkpoint.")
    private boolean fresh;

    @Option(names = "--no-job", description = "Servers only: no topics, no templates, no job.")
    private boolean noJob;

    @Override
    public Integer call() throws IOException {
        Path dir = folder.path();
        Optional<StackPlan> earlier = StackPlan.in(dir);
        if (earlier.isEmpty() && Files.exists(dir) && !Folders.isEmpty(dir) && !Files.exists(StackLock.file(dir))) {
            throw new StackError("--dir: " + dir + " holds other files; give a new or empty folder");
        }
        StackPlan plan = plan(earlier);
        if (earlier.isPresent() && !earlier.get().equals(plan)) {
            throw new StackError("the stack in " + dir + " was made with other options; omit them, choose another"
                    + " --dir, or start over after 'tripline stack down --purge'");
        }
        Stack stack = new Stack(dir, plan);
        PrintWriter error = command.commandLine().getErr();
        StackLock.holding(dir, () -> {
            stack.up(line -> error.println("tripline: " + line));
            if (!noJob) {
                StackJob.ensure(stack, fresh);
            }
        });
        PrintWriter out = command.commandLine().getOut();
        StackStatus status = StackStatus.of(stack);
        status.print(out);
        StackHints.print(stack, out);
        return status.isWell() ? ExitStatus.DONE : ExitStatus.MISSING;
    }

    /** What is not said stays as it was, or is as usual in a new stack. */
    private StackPlan plan(Optional<StackPlan> earlier) {
        StackPlan usual = earlier.orElseGet(() -> StackPlan.usual(ElasticServer.canRun(9) ? 9 : 8, 2));
        return new StackPlan(
                        elasticsearch == null ? usual.elasticsearch() : version(elasticsearch),
                        atLeastOne(taskManagers, usual.taskManagers()),
                        usual.slots(),
                        0,
                        0,
                        0,
                        usual.controllerPort(),
                        usual.transportPort(),
                        usual.jobManagerPort(),
                        usual.zooKeeperPort())
                .withPorts(
                        port(kafkaPort, usual.kafkaPort()),
                        port(elasticsearchPort, usual.elasticsearchPort()),
                        port(flinkPort, usual.flinkPort()));
    }

    private int version(String text) {
        return switch (text) {
            case "8" -> 8;
            case "9" -> 9;
            case "none" -> 0;
            default -> throw wrong("--elasticsearch: '" + text + "' is not one of 8, 9, none");
        };
    }

    private int atLeastOne(@Nullable Integer count, int usual) {
        if (count != null && (count < 1 || count > 16)) {
            throw wrong("--task-managers: " + count + " is not between 1 and 16");
        }
        return count == null ? usual : count;
    }

    private int port(@Nullable Integer port, int usual) {
        if (port != null && (port < 1 || port > 65535)) {
            throw wrong(port + " is not a port from 1 to 65535");
        }
        return port == null ? usual : port;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
