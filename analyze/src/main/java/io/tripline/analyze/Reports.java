package io.tripline.analyze;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tripline.analyze.report.HtmlReport;
import io.tripline.analyze.report.IncidentReport;
import io.tripline.analyze.report.PdfReport;
import io.tripline.analyze.report.ReportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;

/** Makes reports of a {@code report.json}, which is all that is read for them. */
final class Reports {
    private Reports() {}

    /**
     * Writes them.
     *
     * @param json {@code report.json}
     * @param files where to write a file of this name
     * @throws UserError if the file is no JSON object
     */
    static void write(Path json, Set<ReportKind> kinds, ReportOptions options, Function<String, Path> files)
            throws IOException {
        boolean html = kinds.contains(ReportKind.HTML);
        boolean pdf = kinds.contains(ReportKind.PDF);
        if (!html && !pdf) {
            return;
        }
        IncidentReport report = IncidentReport.of(read(json), options.details());
        if (html) {
            HtmlReport.write(report, files.apply(OutputFolder.HTML));
        }
        if (pdf) {
            PdfReport.write(report, files.apply(OutputFolder.PDF));
        }
    }

    private static ReportFile read(Path json) throws IOException {
        try {
            return ReportFile.read(json);
        } catch (JsonProcessingException e) {
            throw new UserError(
                    ExitStatus.INPUT,
                    json + ":" + e.getLocation().getLineNr() + ": not a report.json of tripline analyze: "
                            + e.getOriginalMessage());
        }
    }
}
