package io.tripline.analyze;

import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
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
            "Generates reports again from a folder of results.",
            "Reads only its report.json and ai-summary.json; report.json is not changed."
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
                    json
                            + " does not exist: give a folder that tripline analyze wrote with --report html, pdf or json");
        }
        PrintWriter error = command.commandLine().getErr();
        if (!Checksums.agree(folder, OutputFolder.REPORT)) {
            error.println("tripline: " + Terminal.safe(json.toString())
                    + " does not match SHA256SUMS: the report is generated from its current contents");
        }
        long start = System.nanoTime();
        List<String> names =
                new ArrayList<>(kinds.stream().map(ReportKind::file).toList());
        names.add(OutputFolder.PROSE);
        List<String> written = new ArrayList<>();
        Path draft = Files.createTempDirectory(folder, ".report-");
        try {
            Reports.write(
                    json,
                    kinds,
                    options,
                    draft::resolve,
                    warning -> error.println("tripline: " + Terminal.safe(warning)));
            for (String name : names) {
                if (Files.exists(draft.resolve(name))) {
                    Files.move(draft.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                    written.add(name);
                }
            }
        } finally {
            for (String name : names) {
                Files.deleteIfExists(draft.resolve(name));
            }
            Files.delete(draft);
        }
        Checksums.write(folder);
        written.add(OutputFolder.SUMS);
        PrintWriter out = command.commandLine().getOut();
        Path place = folder.toAbsolutePath().normalize();
        written.forEach(name ->
                out.println("Written: " + Terminal.safe(place.resolve(name).toString())));
        out.printf(Locale.ROOT, "Reports generated in %.1f s%n", (System.nanoTime() - start) / 1e9);
        return ExitStatus.DONE;
    }
}
