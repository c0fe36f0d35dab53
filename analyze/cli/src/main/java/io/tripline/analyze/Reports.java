package io.tripline.analyze;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tripline.analyze.report.HtmlReport;
import io.tripline.analyze.report.IncidentReport;
import io.tripline.analyze.report.PdfReport;
import io.tripline.analyze.report.ProseFigures;
import io.tripline.analyze.report.ReportFile;
import io.tripline.analyze.report.prose.Endpoint;
import io.tripline.analyze.report.prose.Prose;
import io.tripline.analyze.report.prose.ProseFailure;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes reports of a {@code report.json}, which is all that is read for them, besides the {@code ai-summary.json} that
 * goes with it.
 */
final class Reports {
    private Reports() {}

    /**
     * Writes them, and {@code ai-summary.json} where a model is asked and answers.
     *
     * @param json {@code report.json}; {@code ai-summary.json} of an earlier time is beside it
     * @param files where to write a file of this name
     * @param warnings take a line for what goes wrong with the model: the rest of a report is the same without it
     * @throws UserError if no report can be made of the file
     */
    static void write(
            Path json,
            Set<ReportKind> kinds,
            ReportOptions options,
            Function<String, Path> files,
            Consumer<String> warnings)
            throws IOException {
        Optional<Endpoint> endpoint = options.prose().endpoint();
        boolean html = kinds.contains(ReportKind.HTML);
        boolean pdf = kinds.contains(ReportKind.PDF);
        if (!html && !pdf && endpoint.isEmpty()) {
            return;
        }
        ReportFile file = read(json);
        Optional<Prose> asked = endpoint.flatMap(one -> ask(one, file, options.prose(), warnings));
        if (asked.isPresent()) {
            asked.get().write(files.apply(OutputFolder.PROSE));
        }
        Optional<Prose> prose =
                asked.isPresent() ? asked : kept(json.resolveSibling(OutputFolder.PROSE), file, warnings);
        IncidentReport report = make(json, file, options, prose);
        if (html) {
            HtmlReport.write(report, files.apply(OutputFolder.HTML));
        }
        if (pdf) {
            PdfReport.write(report, files.apply(OutputFolder.PDF));
        }
    }

    private static Optional<Prose> ask(
            Endpoint endpoint, ReportFile file, ProseOptions options, Consumer<String> warnings) {
        try {
            return Optional.of(Prose.ask(
                    endpoint, ProseFigures.of(file, options.withAddresses()), options.exclusions(), file.sha256()));
        } catch (ProseFailure e) {
            warnings.accept("no text by the language model " + endpoint + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Prose> kept(Path prose, ReportFile file, Consumer<String> warnings) throws IOException {
        if (!Files.isRegularFile(prose)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Prose.read(prose, ProseFigures.of(file, true), file.sha256()));
        } catch (ProseFailure e) {
            warnings.accept(prose + " is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static IncidentReport make(Path json, ReportFile file, ReportOptions options, Optional<Prose> prose) {
        try {
            return IncidentReport.of(file, options.details(), prose);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new UserError(ExitStatus.INPUT, json + ": not a report.json of tripline analyze: " + e.getMessage());
        }
    }

    private static ReportFile read(Path json) throws IOException {
        try {
            return ReportFile.read(json);
        } catch (JsonProcessingException e) {
            // What is nested too deeply has no place.
            String place = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new UserError(
                    ExitStatus.INPUT,
                    json + place + ": not a report.json of tripline analyze: " + e.getOriginalMessage());
        }
    }
}
