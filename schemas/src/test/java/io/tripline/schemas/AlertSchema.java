package io.tripline.schemas;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Checks alert documents against {@code alert.schema.json}, formats included. For the tests of every module that writes
 * them: depend on this module's {@code test-jar}.
 */
public final class AlertSchema {
    private static final String RESOURCE = "/io/tripline/schemas/alert.schema.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final JsonNode TEXT = load();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                    TEXT,
                    SchemaValidatorsConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build());

    private AlertSchema() {}

    /** The schema itself. */
    public static JsonNode text() {
        return TEXT;
    }

    /**
     * The document, if it is as the schema wants it.
     *
     * @throws AssertionError with the document and everything that is wrong with it
     */
    public static JsonNode check(String document) {
        JsonNode read = read(document);
        List<String> problems = problems(read);
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems) + "\nin " + document);
        }
        return read;
    }

    /** What is wrong with a document, sorted; empty where nothing is. */
    public static List<String> problems(JsonNode document) {
        return SCHEMA.validate(document).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    private static JsonNode read(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + document, e);
        }
    }

    private static JsonNode load() {
        try (InputStream in = AlertSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
