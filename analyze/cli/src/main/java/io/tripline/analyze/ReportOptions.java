package io.tripline.analyze;

import io.tripline.analyze.report.CaseDetails;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of all that makes a report. */
final class ReportOptions {
    @Option(names = "--case-id", paramLabel = "ID", description = "Case that the report belongs to.")
    private String caseId = "";

    @Option(names = "--author", paramLabel = "NAME", description = "Author of the report.")
    private String author = "";

    @Option(names = "--title", paramLabel = "TEXT", description = "Title of the report.")
    private String title = "";

    @Mixin
    private ProseOptions prose = new ProseOptions();

    ProseOptions prose() {
        return prose;
    }

    CaseDetails details() {
        return new CaseDetails(caseId, author, title);
    }
}
