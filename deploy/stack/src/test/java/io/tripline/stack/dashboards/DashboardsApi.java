package io.tripline.stack.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * What Kibana's Dashboards API says to a document, as far as our documents use it.
 *
 * @see <a href="https://www.elastic.co/docs/api/doc/kibana/group/endpoint-dashboards">Dashboards API</a>
 */
final class DashboardsApi {
    private static final JsonSchema SCHEMA = schema();

    private DashboardsApi() {}

    private static JsonSchema schema() {
        try (InputStream in = DashboardsApi.class.getResourceAsStream("kibana-dashboard.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why it would be refused; empty where it would be taken. */
    static List<String> refusals(JsonNode dashboard) {
        return SCHEMA.validate(dashboard).stream()
                .map(ValidationMessage::toString)
                .toList();
    }
}
