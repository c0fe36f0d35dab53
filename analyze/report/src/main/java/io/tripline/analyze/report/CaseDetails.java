package io.tripline.analyze.report;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What whoever orders a report says about it; empty where nothing was said.
 *
 * @param caseId number or name of the case
 * @param author who answers for the report
 * @param title stands on top of it
 */
public record CaseDetails(String caseId, String author, String title) {
    /** As written into {@code report.json}. */
    static CaseDetails of(JsonNode report) {
        JsonNode details = report.path("case");
        return new CaseDetails(
                details.path("id").asText(),
                details.path("author").asText(),
                details.path("title").asText());
    }

    /** These, and where they say nothing, what others say. */
    CaseDetails or(CaseDetails others) {
        return new CaseDetails(
                caseId.isBlank() ? others.caseId : caseId,
                author.isBlank() ? others.author : author,
                title.isBlank() ? others.title : title);
    }

    /** A copy without control characters, cut where it is very long. */
    CaseDetails clean() {
        return new CaseDetails(Format.text(caseId, 200), Format.text(author, 200), Format.text(title, 300));
    }
}
