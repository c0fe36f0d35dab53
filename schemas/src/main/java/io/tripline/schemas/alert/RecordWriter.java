package io.tripline.schemas.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as Jackson's data binding does by the same annotations, which a test compares. Data binding would take
 * 90 ms of processor time to get ready, an eighth of what it takes to analyse a small capture.
 */
final class RecordWriter {
    private static final Pattern HUMP = Pattern.compile("(?=[A-Z])");

    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> record) {
            List<Field> fields = new ArrayList<>();
            for (RecordComponent component : record.getRecordComponents()) {
                Method value = component.getAccessor();
                JsonProperty given = value.getAnnotation(JsonProperty.class);
                JsonInclude include = value.getAnnotation(JsonInclude.class);
                fields.add(new Field(
                        given == null ? snake(component.getName()) : given.value(),
                        value,
                        value.isAnnotationPresent(JsonUnwrapped.class),
                        include != null && include.value() == JsonInclude.Include.NON_EMPTY));
            }
            return List.copyOf(fields);
        }
    };

    private RecordWriter() {}

    private record Field(String name, Method value, boolean unwrapped, boolean leftOutWhereEmpty) {
        @Nullable
        Object of(Record record) {
            try {
                return value.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(value + " of a public record can be called", e);
            }
        }

        boolean isLeftOut(@Nullable Object value) {
            return value == null
                    || (leftOutWhereEmpty
                            && (value instanceof List<?> list
                                    ? list.isEmpty()
                                    : value.toString().isEmpty()));
        }
    }

    private static String snake(String name) {
        return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    static void write(Record record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        fields(record, json);
        json.writeEndObject();
    }

    private static void fields(Record record, JsonGenerator json) throws IOException {
        for (Field field : FIELDS.get(record.getClass())) {
            Object value = field.of(record);
            if (field.unwrapped && value instanceof Record beside) {
                fields(beside, json);
            } else if (value != null && !field.isLeftOut(value)) {
                json.writeFieldName(field.name);
                value(value, json);
            }
        }
    }

    private static void value(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Record record) {
            write(record, json);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object one : list) {
                value(one, json);
            }
            json.writeEndArray();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString((String) value);
        }
    }
}
