package io.tripline.analyze;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.analyze.report.CaseDetails;
import io.tripline.rules.JobSettings;
import io.tripline.rules.Rules;
import io.tripline.rules.engine.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What stands in {@code report.json} about the analysis itself.
 *
 * @param made when, wall clock
 * @param config file of settings; null where the built-in ones held
 */
record About(Instant made, CaseDetails details, @Nullable Path config, JobSettings settings) {

    /** Writes it into the open object. */
    void write(JsonGenerator json) throws IOException {
        json.writeStringField("made", made.truncatedTo(ChronoUnit.SECONDS).toString());
        String version = Tripline.class.getPackage().getImplementationVersion();
        json.writeStringField("version", version == null ? "(unpackaged)" : version);
        json.writeObjectFieldStart("case");
        json.writeStringField("id", Terminal.safe(details.caseId()));
        json.writeStringField("author", Terminal.safe(details.author()));
        json.writeStringField("title", Terminal.safe(details.title()));
        json.writeEndObject();
        if (config != null) {
            json.writeStringField("settings", Terminal.safe(config.toString()));
        }
        json.writeArrayFieldStart("rules");
        for (Rule<?> rule : RulesCommand.sorted()) {
            json.writeStartObject();
            json.writeStringField("id", rule.id());
            json.writeStringField("name", Rules.CATALOGUE.rule(rule.id()).name());
            json.writeStringField("state", RulesCommand.state(rule, settings));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
