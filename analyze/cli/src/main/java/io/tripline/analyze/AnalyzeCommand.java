package io.tripline.analyze;

import io.tripline.analyze.report.chart.sample.ChartSamples;
import io.tripline.job.settings.yaml.SettingsFile;
import io.tripline.rules.JobSettings;
import io.tripline.rules.alert.Severity;
import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.flow.SensorSettings;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tripline analyze}: capture files in, alerts out, in this process. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Detects network attacks in capture files (pcap, pcapng, also gzip).",
            "Several captures are read as one network segment, in time order."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "2:done, and an alert of the severity of --fail-on or above was raised",
            "64:wrong usage",
            "65:part of the input could not be used; the rest was analysed",
            "70:internal error",
            "74:cannot read or write"
        })
final class AnalyzeCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "CAPTURE",
            description = "Capture files, folders of them, or - for standard input.")
    private List<String> captures = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "tripline-out",
            description = "Folder for results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("tripline-out");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings: zones, assets, what is allowed, thresholds (see docs/settings.md).")
    private @Nullable Path config;

    @Option(
            names = "--show-suppressed",
            description = "List alerts that the settings suppress, and write suppressed.ndjson.")
    private boolean showSuppressed;

    @Option(names = "--json", description = "Print a machine-readable summary instead of the table.")
    private boolean json;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description =
                    "Exit with 2 when an alert of at least this severity was raised: low, medium, high or critical.")
    private @Nullable String failOn;

    @Option(
            names = "--report",
            paramLabel = "KIND",
            split = ",",
            defaultValue = "html,json",
            description = "Reports to write: html, pdf, json, or none (default: ${DEFAULT-VALUE}).")
    private List<String> reports = List.of("html", "json");

    @Mixin
    private ReportOptions reportOptions = new ReportOptions();

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Threads for the rules (default: number of processors, at most 4).")
    private int parallelism = Math.min(4, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "direct",
            description = "What runs the rules: direct or flink (default: ${DEFAULT-VALUE}). The results are the same.")
    private String engine = "direct";

    private long reportNanoseconds;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        long start = System.nanoTime();
        Severity threshold = threshold();
        Engine chosen = Engine.of(engine);
        checkUsage();
        reportOptions.prose().endpoint();
        SettingsFile read = SettingsFiles.readFile(config);
        JobSettings settings = read.settings();
        try (OutputFolder folder = OutputFolder.at(out);
                Results results = new Results();
                Fingerprints fingerprints = new Fingerprints()) {
            Captures source = Captures.open(captures, System.in);
            if (!reports.contains("none")) {
                source.files().forEach(file -> fingerprints.begin(file.name()));
            }
            ChartSamples samples = new ChartSamples();
            UnaryOperator<PacketBatch> passage = reports.contains("none") ? UnaryOperator.identity() : samples::look;
            try (AnalysisRun run = new AnalysisRun(source, SensorSettings.of("analyze", ""), passage, results);
                    Progress progress = Progress.of(source)) {
                progress.start();
                run.start();
                chosen.execute(run, settings, parallelism);
            }
            Summary summary = write(source, results, samples, fingerprints, folder, read, start);
            print(summary, results);
            return status(summary, threshold);
        }
    }

    private Summary write(
            Captures source,
            Results results,
            ChartSamples samples,
            Fingerprints fingerprints,
            OutputFolder folder,
            SettingsFile read,
            long start)
            throws IOException {
        results.complete();
        results.alerts().writeTo(folder.file(OutputFolder.ALERTS));
        IndicatorFile.write(results, folder.file(OutputFolder.INDICATORS));
        Path place = out.toAbsolutePath().normalize();
        List<Path> outputs =
                new ArrayList<>(List.of(place.resolve(OutputFolder.ALERTS), place.resolve(OutputFolder.INDICATORS)));
        List<AlertLog.Entry> suppressed = results.neverRaised();
        if (showSuppressed) {
            results.suppressed().writeTo(folder.file(OutputFolder.SUPPRESSED), suppressed);
            outputs.add(place.resolve(OutputFolder.SUPPRESSED));
        }
        Set<ReportKind> kinds = ReportKind.of(reports);
        kinds.forEach(kind -> outputs.add(place.resolve(kind.file())));
        if (!kinds.isEmpty()) {
            outputs.add(place.resolve(OutputFolder.SUMS));
        }
        Summary summary = new Summary(
                source.files(),
                source.problems(),
                source.problemCount(),
                source.timeFaults(),
                results.traffic(),
                results.timeline(),
                results.late(),
                System.nanoTime() - start,
                results.alerts().entries(),
                suppressed,
                read.intel(),
                outputs);
        if (!kinds.isEmpty()) {
            Path json = folder.file(OutputFolder.REPORT);
            About about = new About(Instant.now(), reportOptions.details(), config, read.settings());
            SummaryJson.writeReport(summary, results, samples, fingerprints, about, json);
            long begun = System.nanoTime();
            PrintWriter error = command.commandLine().getErr();
            Reports.write(
                    json,
                    kinds,
                    reportOptions,
                    folder::file,
                    warning -> error.println("tripline: " + Terminal.safe(warning)));
            if (Files.exists(folder.file(OutputFolder.PROSE))) {
                summary = summary.with(place.resolve(OutputFolder.PROSE));
            }
            reportNanoseconds = kinds.size() == 1 ? 0 : System.nanoTime() - begun;
            Checksums.write(folder.draft());
        }
        folder.publish();
        return summary;
    }

    private void print(Summary summary, Results results) throws IOException {
        PrintWriter standardOutput = command.commandLine().getOut();
        PrintWriter standardError = command.commandLine().getErr();
        if (json) {
            standardOutput.println(SummaryJson.text(summary, results));
        } else {
            SummaryText.print(summary, results, showSuppressed, standardOutput);
            if (reportNanoseconds > 0) {
                standardOutput.printf(Locale.ROOT, "Reports generated in %.1f s%n", reportNanoseconds / 1e9);
            }
        }
        summary.problems().forEach(problem -> standardError.println("tripline: " + Terminal.safe(problem.toString())));
        long untold = summary.problemCount() - summary.problems().size();
        if (untold > 0) {
            standardError.println("tripline: and " + untold + " more places that could not be read");
        }
        standardError.flush();
        if (standardOutput.checkError()) {
            throw new UserError(ExitStatus.INPUT_OUTPUT, "cannot write to standard output");
        }
    }

    private static int status(Summary summary, @Nullable Severity threshold) {
        if (summary.problemCount() > 0) {
            return ExitStatus.INPUT;
        }
        boolean alerted = threshold != null
                && summary.alerts().stream()
                        .anyMatch(entry -> entry.alert().severity().compareTo(threshold) >= 0);
        return alerted ? ExitStatus.ALERTED : ExitStatus.DONE;
    }

    private @Nullable Severity threshold() {
        if (failOn == null) {
            return null;
        }
        for (Severity severity : Severity.values()) {
            if (severity.id().equals(failOn)) {
                return severity;
            }
        }
        throw usage(
                "invalid value '" + Terminal.safe(failOn) + "' for --fail-on; choose from low, medium, high, critical");
    }

    private void checkUsage() {
        if (parallelism < 1 || parallelism > 128) {
            throw usage("--parallelism: " + parallelism + " is not from 1 to 128");
        }
        ReportKind.of(reports);
    }

    private static UserError usage(String message) {
        return new UserError(ExitStatus.USAGE, message);
    }
}
