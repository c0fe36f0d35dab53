package io.tripline.schemas.alert;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A value that does not fit its field is as if it were not there. */
final class UnfitValues extends DeserializationProblemHandler {
    @Override
    public @Nullable Object handleUnexpectedToken(
            DeserializationContext context, JavaType target, JsonToken token, JsonParser json, @Nullable String why)
            throws IOException {
        json.skipChildren();
        return nothing(target.getRawClass());
    }

    @Override
    public @Nullable Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> target,
            @Nullable ValueInstantiator instantiator,
            JsonParser json,
            @Nullable String why)
            throws IOException {
        json.skipChildren();
        return nothing(target);
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> target, String value, @Nullable String why) {
        return nothing(target);
    }

    @Override
    public @Nullable Object handleWeirdNumberValue(
            DeserializationContext context, Class<?> target, Number value, @Nullable String why) {
        return nothing(target);
    }

    private static @Nullable Object nothing(Class<?> target) {
        return target == Boolean.TYPE ? false : null;
    }
}
