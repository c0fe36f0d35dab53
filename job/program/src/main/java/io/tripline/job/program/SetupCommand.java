package io.tripline.job.program;

import io.tripline.job.elastic.ElasticSettings;
import io.tripline.job.elastic.ElasticTemplates;
import io.tripline.job.kafka.TopicSetup;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Topics and index templates. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = "Creates missing topics and index templates. A second run changes nothing.")
final class SetupCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Partitions of the packets' topic: the upper limit of the source's parallelism. Default: the broker's.")
    private int partitions;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "0",
            description = "Replicas of each topic. Default: the broker's.")
    private int replicas;

    @Option(
            names = "--settings-copy",
            paramLabel = "URI",
            description =
                    "Where the job keeps a copy of its settings. If there is one, the job has started before, and an error"
                            + " here is a warning and does not keep it from starting again.")
    private @Nullable String copies;

    @Override
    public Integer call() {
        try {
            return setUp();
        } catch (UserError e) {
            if (copies == null || !hasStarted(copies)) {
                throw e;
            }
            PrintWriter error = Objects.requireNonNull(spec).commandLine().getErr();
            e.lines().forEach(line -> error.println("tripline: warning: " + line));
            error.println("tripline: warning: the job has started before, so this does not keep it from starting");
            return ExitStatus.DONE;
        }
    }

    private static boolean hasStarted(String copies) {
        try {
            return new LastGood(copies).isThere();
        } catch (IOException e) {
            return false;
        }
    }

    private Integer setUp() {
        if (partitions < 0 || replicas < 0 || replicas > Short.MAX_VALUE) {
            throw new UserError(ExitStatus.USAGE, "--partitions and --replicas are 1 or more");
        }
        Settings settings = connection.read();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<String> done =
                new ArrayList<>(Reachable.kafka(() -> TopicSetup.make(settings.kafka(), partitions, replicas)));
        if (settings.elastic() != null) {
            done.addAll(templates(settings.elastic()));
        }
        done.forEach(out::println);
        if (done.isEmpty()) {
            out.println("up to date");
        }
        return ExitStatus.DONE;
    }

    private static List<String> templates(ElasticSettings elastic) {
        try {
            return ElasticTemplates.install(elastic);
        } catch (IOException e) {
            throw new UserError(ExitStatus.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
