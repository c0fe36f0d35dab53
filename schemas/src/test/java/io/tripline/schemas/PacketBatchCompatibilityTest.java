package io.tripline.schemas;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.junit.jupiter.api.Test;

/** Sensors and jobs are updated at different times, so each must read what the other's version writes. */
class PacketBatchCompatibilityTest {
    private static final Schema CURRENT = PacketBatch.getClassSchema();

    private static String current() {
        return CURRENT.toString();
    }

    private static Schema version1() throws IOException {
        try (InputStream in = PacketBatchCompatibilityTest.class.getResourceAsStream(
                "/io/tripline/schemas/versions/PacketBatch.v1.avsc")) {
            return new Schema.Parser().parse(in);
        }
    }

    @Test
    void shouldReadWhatVersion1Wrote() throws IOException {
        assertThat(compatible(CURRENT, version1())).isEqualTo(COMPATIBLE);
    }

    @Test
    void shouldBeReadByVersion1() throws IOException {
        assertThat(compatible(version1(), CURRENT)).isEqualTo(COMPATIBLE);
    }

    @Test
    void shouldReadAnOlderVersionThatLacksAFieldWithDefault() throws IOException {
        String field = "{\"name\":\"evicted\",\"type\":\"long\"";
        assertThat(current()).contains(field);
        Schema older = without(CURRENT, "evicted");
        GenericRecord batch = batch(older);
        PacketBatch read = roundTrip(older, batch);
        assertThat(read.getEvicted()).isZero();
        assertThat(read.getSensor()).isEqualTo("tap");
    }

    @Test
    void shouldReadANewerVersionThatHasAnotherField() throws IOException {
        Schema newer = with(CURRENT, new Schema.Field("weather", Schema.create(Schema.Type.STRING), "", ""));
        GenericRecord batch = batch(newer);
        batch.put("weather", "rain");
        assertThat(roundTrip(newer, batch).getSensor()).isEqualTo("tap");
    }

    @Test
    void shouldReadAnUnknownSymbolAsTheDefault() throws IOException {
        Schema newer = new Schema.Parser().parse(current().replace("\"NDP\"]", "\"NDP\",\"TELEPATHY\"]"));
        Schema recordSchema = newer.getField("records").schema().getElementType();
        GenericRecord record = filled(recordSchema);
        Schema technique = recordSchema.getField("technique").schema();
        record.put("technique", new GenericData.EnumSymbol(technique, "TELEPATHY"));
        GenericRecord batch = batch(newer);
        batch.put("records", List.of(record));
        assertThat(roundTrip(newer, batch).getRecords().get(0).getTechnique()).isEqualTo(Technique.NONE);
    }

    private static PacketBatch roundTrip(Schema writer, GenericRecord batch) throws IOException {
        ByteBuffer bytes = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), writer).encode(batch);
        SchemaStore.Cache versions = new SchemaStore.Cache();
        versions.addSchema(writer);
        BatchEncoding.trustSchemas();
        return BatchEncoding.decoder(versions).decode(bytes);
    }

    private static SchemaCompatibility.SchemaCompatibilityType compatible(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    private static GenericRecord batch(Schema schema) {
        GenericRecord batch = filled(schema);
        batch.put("sensor", "tap");
        return batch;
    }

    /** A record with each field at its default, or at the empty value of its type. */
    private static GenericRecord filled(Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), field.hasDefaultValue() ? GenericData.get().getDefaultValue(field) : empty(field));
        }
        return record;
    }

    private static Object empty(Schema.Field field) {
        return switch (field.schema().getType()) {
            case STRING -> "";
            case LONG -> 0L;
            case INT -> 0;
            case BOOLEAN -> false;
            case ARRAY -> List.of();
            default -> throw new IllegalArgumentException(field + " has no empty value");
        };
    }

    private static Schema without(Schema schema, String name) {
        List<Schema.Field> fields = schema.getFields().stream()
                .filter(field -> !field.name().equals(name))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static Schema with(Schema schema, Schema.Field added) {
        List<Schema.Field> fields = new java.util.ArrayList<>(schema.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList());
        fields.add(added);
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }
}
