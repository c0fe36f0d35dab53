package io.tripline.analyze;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tripline report}: makes reports again from the results of an analysis. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes reports again from a finished folder of results.",
            "Only its report.json is read, and left as it is."
        })
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Folder that tripline analyze wrote.")
    private Path folder = Path.of("tripline-out");

    @Option(
            names = "--report",
            paramLabel = "KIND",
            split = ",",
            defaultValue = "html",
            description = "Reports to write: html, pdf (default: ${DEFAULT-VALUE}).")
    private List<String> reports = List.of("html");

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        Set<ReportKind> kinds = ReportKind.of(reports);
        kinds.remove(ReportKind.JSON);
        if (kinds.isEmpty()) {
            throw new UserError(ExitStatus.USAGE, "--report: name html, pdf or both");
        }
        Path json = folder.resolve(OutputFolder.REPORT);
        if (!Files.isRegularFile(json)) {
            throw new UserError(
                    ExitStatus.INPUT_OUTPUT,
                    json + " is not there: name a folder that tripline analyze wrote with --report html, pdf or json");
        }
        PrintWriter error = command.commandLine().getErr();
        if (!Checksums.agree(folder, OutputFolder.REPORT)) {
            error.println("tripline: " + Terminal.safe(json.toString())
                    + " is not as it was when SHA256SUMS was written: the report is made of what stands there now");
        }
        long start = System.nanoTime();
        Path draft = Files.createTempDirectory(folder, ".report-");
        try {
            Reports.write(json, kinds, options, draft::resolve);
            for (ReportKind kind : kinds) {
                Files.move(
                        draft.resolve(kind.file()), folder.resolve(kind.file()), StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            for (ReportKind kind : kinds) {
                Files.deleteIfExists(draft.resolve(kind.file()));
            }
            Files.delete(draft);
        }
        Checksums.write(folder);
        PrintWriter out = command.commandLine().getOut();
        Path place = folder.toAbsolutePath().normalize();
        for (ReportKind kind : kinds) {
            out.println("Written: " + Terminal.safe(place.resolve(kind.file()).toString()));
        }
        out.println("Written: " + Terminal.safe(place.resolve(OutputFolder.SUMS).toString()));
        out.printf(Locale.ROOT, "Reports made in %.1f s%n", (System.nanoTime() - start) / 1e9);
        return ExitStatus.DONE;
    }
}
