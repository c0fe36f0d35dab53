package io.tripline.job.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.job.kafka.Received.Rejected;
import io.tripline.rules.engine.Late;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** JSON of what was late or rejected. Keys have a fixed order. */
final class JsonRecord {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonRecord() {}

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] of(Rejected rejected) {
        return object(json -> {
            json.writeStringField("reason", rejected.reason());
            json.writeStringField("detail", rejected.detail());
            json.writeStringField("sensor", rejected.sensor());
            json.writeStringField("topic", rejected.topic());
            json.writeNumberField("partition", rejected.partition());
            json.writeNumberField("offset", rejected.offset());
            json.writeStringField(
                    "appended", Instant.ofEpochMilli(rejected.appended()).toString());
            json.writeNumberField("size", rejected.size());
            json.writeStringField("head", rejected.head());
        });
    }

    static byte[] of(Late late) {
        return object(json -> {
            json.writeStringField("reason", late.reason());
            json.writeStringField("rules", late.rules());
            json.writeStringField("subject", late.subject());
            json.writeStringField("second", Instant.ofEpochSecond(late.second()).toString());
            json.writeStringField("sensor", late.sensor());
        });
    }

    static byte[] of(LateBatches late) {
        return object(json -> {
            json.writeStringField("reason", "late-batches");
            json.writeStringField("sensor", late.sensor());
            json.writeStringField("run", moment(late.run()));
            json.writeStringField("from", moment(late.from()));
            json.writeStringField("to", moment(late.to()));
            json.writeNumberField("batches", late.batches());
            json.writeNumberField("packets", late.packets());
            json.writeNumberField("bytes", late.bytes());
            json.writeNumberField("behind_ms", late.behind());
        });
    }

    private static String moment(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    /** A document that the store refused. */
    static byte[] of(String id, String reason, String document) {
        return object(json -> {
            json.writeStringField("reason", "document-refused");
            json.writeStringField("detail", reason);
            json.writeStringField("id", id);
            json.writeStringField("document", document);
        });
    }

    private static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("in-memory write failed", e);
        }
        return bytes.toByteArray();
    }
}
