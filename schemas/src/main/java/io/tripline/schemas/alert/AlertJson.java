package io.tripline.schemas.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads alert documents. What is written is always the same for the same alert, byte for byte. What is read
 * may be of another version or have been changed by anybody: a field that is not known is ignored, one that is missing
 * or holds what it cannot hold is as if it were not there.
 */
public final class AlertJson {
    private static final JsonFactory STREAM = new JsonFactory();

    private AlertJson() {}

    /** The document, one line without its end. */
    public static String write(AlertDocument alert) {
        StringWriter text = new StringWriter(2_048);
        try (JsonGenerator json = STREAM.createGenerator(text)) {
            RecordWriter.write(alert, json);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes all that is written", e);
        }
        return text.toString();
    }

    /**
     * The line for people of a document, without reading the rest; empty where there is none.
     *
     * @throws IOException if it is no JSON
     */
    public static String message(String document) throws IOException {
        try (JsonParser json = STREAM.createParser(document)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean message = json.currentName().equals("message");
                if (json.nextToken() == JsonToken.VALUE_STRING && message) {
                    return json.getText();
                }
                json.skipChildren();
            }
            return "";
        }
    }

    /**
     * Reads a document.
     *
     * @throws JsonProcessingException if it is no JSON
     */
    public static AlertDocument read(String document) throws JsonProcessingException {
        return orNone(Binding.JSON.readValue(document, AlertDocument.class));
    }

    /** Reads a document that was taken apart before; {@link AlertDocument#NONE} where it is no object. */
    public static AlertDocument read(JsonNode document) {
        try {
            return orNone(Binding.JSON.treeToValue(document, AlertDocument.class));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return AlertDocument.NONE;
        }
    }

    private static AlertDocument orNone(@Nullable AlertDocument read) {
        return Objects.requireNonNullElse(read, AlertDocument.NONE);
    }

    /** Made when the first document is read: it takes a while. */
    static final class Binding {
        static final JsonMapper JSON = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addModule(new SimpleModule()
                        .addDeserializer(Long.class, new WholeNumber(null))
                        .addDeserializer(Long.TYPE, new WholeNumber(0L)))
                .addHandler(new UnfitValues())
                .withCoercionConfigDefaults(as -> as.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull))
                .withConfigOverride(
                        String.class, as -> as.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .withConfigOverride(
                        List.class, as -> as.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY, Nulls.SKIP)))
                .build();

        private Binding() {}
    }
}
