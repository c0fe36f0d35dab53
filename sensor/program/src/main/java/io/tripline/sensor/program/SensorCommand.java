package io.tripline.sensor.program;

import io.tripline.schemas.SafeText;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.capture.PacketSource;
import io.tripline.sensor.capture.ProbeScan;
import io.tripline.sensor.publish.Notices;
import io.tripline.sensor.publish.Reasons;
import io.tripline.sensor.publish.StartFailure;
import io.tripline.sensor.publish.Target;
import io.tripline.sensor.publish.WallClock;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.Shell;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code tripline sensor}: packets from interfaces or capture files to Kafka, or to a folder. */
@Command(
        name = "tripline sensor",
        mixinStandardHelpOptions = true,
        versionProvider = SensorCommand.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        customSynopsis = {
            "tripline sensor -i IFACE... --to kafka:BROKERS|file:DIR [options]",
            "tripline sensor -r FILE|DIR|-... --to kafka:BROKERS|file:DIR [options]",
            "tripline sensor --probe --to kafka:BROKERS [options]",
            "tripline sensor --list-interfaces"
        },
        description = {
            "%nCaptures packets of a network segment and publishes them for the job, about 1,000 in one record.%n"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, or stopped by SIGTERM or SIGINT with everything published or spooled",
            "64:wrong usage",
            "65:part of the input could not be used; the rest was published",
            "70:internal error",
            "74:cannot read or write, capture or publish"
        })
public final class SensorCommand implements Callable<Integer> {
    /** Code points of text from elsewhere that a line shows. */
    static final int SHOWN = 400;

    /** Keys that only the settings file has. */
    private static final String KAFKA = "kafka";

    private static final Set<String> COMMAND_LINE_ONLY =
            Set.of("config", "help", "version", "debug", "list-interfaces", "probe");

    @CommandLine.Mixin
    private final SensorOptions options = new SensorOptions();

    private final Stop stop = new Stop();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** Runs the program and leaves the process with its exit status. */
    public static void main(String[] arguments) {
        if (Shell.isDebugged(arguments)) {
            System.setProperty("tripline.log.level", "WARN");
        }
        SensorCommand program = new SensorCommand();
        CommandLine commandLine = commandLine(program);
        program.stop.onSignals();
        int status = Shell.run(commandLine, true, arguments);
        program.stop.finish(status);
        System.exit(status);
    }

    static CommandLine commandLine(SensorCommand program) {
        return Shell.of(program, line -> SafeText.escaped(line, SHOWN), SensorCommand::told);
    }

    private static @Nullable UserError told(Exception exception) {
        return exception instanceof StartFailure || exception instanceof IOException
                ? new UserError(ExitStatus.INPUT_OUTPUT, Reasons.of(exception))
                : null;
    }

    /** Ends a run in order, as a signal does. */
    void stop() {
        stop.ask();
    }

    @Override
    public Integer call() throws Exception {
        if (options.listInterfaces) {
            return new InterfaceList(command.commandLine().getOut()).print();
        }
        Choices choices = new Choices(commandLineChoices(), fileChoices());
        PrintWriter error = command.commandLine().getErr();
        Notices notices = new Notices(line -> error.println("tripline: " + SafeText.escaped(line, SHOWN)));
        SensorChoices chosen = SensorChoices.of(choices);
        return chosen.interfaces().isEmpty() ? replay(chosen, notices) : live(chosen, notices);
    }

    private int live(SensorChoices chosen, Notices notices) throws Exception {
        return new LiveRun(chosen, WallClock.system(), notices, stop).run();
    }

    private int replay(SensorChoices chosen, Notices notices) throws Exception {
        WallClock clock = WallClock.system();
        long run = clock.micros();
        try (PacketSource source =
                chosen.probe() ? new ProbeScan(chosen.name(), run) : Captures.open(chosen.captures(), System.in)) {
            Target.Opened target = chosen.target().open(chosen.name(), run, null, false, clock, notices);
            ReplayRun replay = new ReplayRun(
                    source,
                    chosen.sensor(chosen.name(), chosen.segment("", "")),
                    target.publisher(),
                    clock,
                    run,
                    chosen.originalTime() || chosen.probe() ? 0 : run,
                    chosen.paced(),
                    stop);
            MetricsServer metrics = MetricsServer.start(
                    chosen.metrics(),
                    SensorMetrics.of(target.publisher(), List.of()),
                    Health.of(target.publisher(), List.of()));
            try {
                long lost = replay.run();
                return finish(chosen, source, replay, target, lost);
            } finally {
                metrics.close();
            }
        }
    }

    private int finish(SensorChoices chosen, PacketSource source, ReplayRun replay, Target.Opened target, long lost) {
        PrintWriter error = command.commandLine().getErr();
        source.problems().forEach(problem -> error.println("tripline: " + SafeText.escaped(problem.toString(), SHOWN)));
        long untold = source.problemCount() - source.problems().size();
        if (untold > 0) {
            error.println("tripline: and " + untold + " more places that could not be read");
        }
        command.commandLine()
                .getOut()
                .printf(
                        "%d packets, %d bytes in %d batches to %s%n",
                        replay.sensor().packets(),
                        replay.sensor().bytes(),
                        target.publisher().counts().batches(),
                        SafeText.escaped(chosen.targetName(), SHOWN));
        Throwable failure = target.publisher().failure();
        if (failure != null || lost > 0) {
            error.println("tripline: " + lost + " packets could not be published"
                    + (failure == null ? "" : ": " + SafeText.escaped(Reasons.of(failure), SHOWN)));
            return ExitStatus.INPUT_OUTPUT;
        }
        return source.problemCount() > 0 ? ExitStatus.INPUT : ExitStatus.DONE;
    }

    private Map<String, Given> commandLineChoices() {
        Map<String, Given> given = new HashMap<>();
        for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
            String name = option.longestName();
            given.put(name.substring(2), Given.of(name, values(option)));
        }
        return given;
    }

    private static List<String> values(OptionSpec option) {
        if (option.arity().max() == 0) {
            return List.of("true");
        }
        String separator = option.splitRegex();
        return option.originalStringValues().stream()
                .flatMap(text -> separator.isEmpty() ? Stream.of(text) : Stream.of(text.split(separator, -1)))
                .toList();
    }

    private Map<String, Given> fileChoices() throws IOException {
        Path file = options.config;
        if (file == null) {
            return Map.of();
        }
        Set<String> keys = new LinkedHashSet<>(Set.of(KAFKA));
        command.options().forEach(option -> keys.add(option.longestName().substring(2)));
        keys.removeAll(COMMAND_LINE_ONLY);
        return SettingsFile.read(file, keys);
    }

    /** Tells the version of program and Java. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return Shell.version("tripline", SensorCommand.class);
        }
    }
}
