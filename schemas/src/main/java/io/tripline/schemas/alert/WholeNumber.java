package io.tripline.schemas.alert;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a whole number from whatever is there: of a fraction its whole part, of a text the number that it spells. */
final class WholeNumber extends StdScalarDeserializer<Long> {
    private static final long serialVersionUID = 1;

    private final @Nullable Long none;

    /** With what stands for no number. */
    WholeNumber(@Nullable Long none) {
        super(Long.class);
        this.none = none;
    }

    @Override
    public @Nullable Long deserialize(JsonParser json, DeserializationContext context) throws IOException {
        JsonToken token = json.currentToken();
        if (token.isNumeric()) {
            return json.getNumberValue().longValue();
        }
        if (token == JsonToken.VALUE_STRING) {
            try {
                return Long.valueOf(json.getText());
            } catch (NumberFormatException e) {
                return none;
            }
        }
        json.skipChildren();
        return none;
    }

    @Override
    public @Nullable Long getNullValue(DeserializationContext context) {
        return none;
    }
}
