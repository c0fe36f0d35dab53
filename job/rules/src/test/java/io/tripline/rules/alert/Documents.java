package io.tripline.rules.alert;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.rules.Rules;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.AlertSchema;

/** Alerts as {@code analyze} writes them, each checked against the schema. */
public final class Documents {
    static final AlertAssembler ASSEMBLER = new AlertAssembler(Zones.DEFAULT, Rules.CATALOGUE);

    private Documents() {}

    public static JsonNode of(Finding finding) {
        return AlertSchema.check(ASSEMBLER.assemble(finding).json());
    }
}
