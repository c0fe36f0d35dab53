package io.tripline.job.incident;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.job.detect.Finding;
import io.tripline.schemas.AlertSchema;

/** Alerts as {@code analyze} writes them, each checked against the schema. */
final class Documents {
    static final AlertAssembler ASSEMBLER = new AlertAssembler(Zones.DEFAULT, RuleCatalogue.DEFAULT);

    private Documents() {}

    static JsonNode of(Finding finding) {
        return AlertSchema.check(ASSEMBLER.assemble(finding).json());
    }
}
