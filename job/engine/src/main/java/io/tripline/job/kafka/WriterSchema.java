package io.tripline.job.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/** Judges schemas that others published, before anything is read by them. */
final class WriterSchema {
    /** Types of a schema, each counted as often as it is used; ours has about 150. */
    private static final long TYPES = 10_000;

    private WriterSchema() {}

    /**
     * Whether what it wrote takes memory and time in proportion to its bytes, and bounded depth of stack: no type
     * contains itself, there are not too many of them, and every item of a list has at least one byte.
     */
    static boolean isHarmless(Schema schema) {
        return types(schema, new HashMap<>()) <= TYPES && itemsHaveBytes(schema);
    }

    /** How many types a value goes through at most; more than can be where a type contains itself. */
    private static long types(Schema schema, Map<String, Long> known) {
        if (schema.getType() != Schema.Type.RECORD) {
            return sum(parts(schema), known);
        }
        Long counted = known.get(schema.getFullName());
        if (counted != null) {
            return counted;
        }
        // Whoever meets this record again before it is counted is inside it.
        known.put(schema.getFullName(), TYPES + 1);
        long sum = sum(parts(schema), known);
        known.put(schema.getFullName(), sum);
        return sum;
    }

    private static long sum(List<Schema> parts, Map<String, Long> known) {
        long sum = 1;
        for (Schema part : parts) {
            sum = Math.min(TYPES + 1, sum + types(part, known));
        }
        return sum;
    }

    private static boolean itemsHaveBytes(Schema schema) {
        boolean list = schema.getType() == Schema.Type.ARRAY;
        return parts(schema).stream().allMatch(part -> itemsHaveBytes(part) && (!list || leastBytes(part) > 0));
    }

    private static long leastBytes(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> 0;
            case FIXED -> schema.getFixedSize();
            case RECORD ->
                parts(schema).stream().mapToLong(WriterSchema::leastBytes).sum();
            default -> 1;
        };
    }

    private static List<Schema> parts(Schema schema) {
        return switch (schema.getType()) {
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            case UNION -> schema.getTypes();
            case RECORD -> schema.getFields().stream().map(Field::schema).toList();
            default -> List.of();
        };
    }
}
