package io.tripline.rules.traffic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.alert.CaptureTime;
import io.tripline.rules.network.OpenService;
import io.tripline.rules.sensor.SensorMinute;
import io.tripline.rules.traffic.TrafficMinute.Volume;
import io.tripline.schemas.Address;
import io.tripline.schemas.SafeText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The document about one minute at one sensor: totals, which are exact, and lists of what moved most, which are bounded. Nested objects, keys
 * in a fixed order; equal minutes give equal bytes.
 */
public final class TrafficDocument {
    private static final JsonFactory JSON = new JsonFactory();
    private static final long MINUTE = 60_000_000;
    private static final int SECONDS = 60;
    private static final int NAMES = 50;
    private static final int LAYERS = 100;
    private static final int HOSTS = 20;
    private static final int CONVERSATIONS = 20;
    private static final int SERVICES = 50;
    private static final int NAME_LENGTH = 64;

    private final TrafficMinute minute;
    private final JsonGenerator json;

    private TrafficDocument(TrafficMinute minute, JsonGenerator json) {
        this.minute = minute;
        this.json = json;
    }

    /** When the minute began, capture time in microseconds. */
    public static long start(TrafficMinute minute) {
        return CaptureTime.of(minute.minute() * MINUTE, minute.clockShift());
    }

    /** The document, one line without its end. */
    public static String json(TrafficMinute minute) {
        StringWriter text = new StringWriter(4_096);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            new TrafficDocument(minute, json).write();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes all that is written", e);
        }
        return text.toString();
    }

    private void write() throws IOException {
        long start = start(minute);
        json.writeStartObject();
        json.writeStringField("@timestamp", CaptureTime.text(start));
        json.writeObjectFieldStart("event");
        json.writeStringField("kind", "metric");
        json.writeStringField("category", "network");
        json.writeStringField("dataset", "tripline.traffic");
        json.writeStringField("start", CaptureTime.text(start));
        json.writeStringField("end", CaptureTime.text(start + MINUTE));
        json.writeEndObject();
        json.writeObjectFieldStart("observer");
        json.writeStringField("name", SafeText.of(minute.sensor(), NAME_LENGTH));
        json.writeStringField("type", "ids");
        json.writeStringField("vendor", "Tripline");
        json.writeStringField("product", "Tripline");
        if (!minute.told().version().isEmpty()) {
            json.writeStringField("version", SafeText.of(minute.told().version(), NAME_LENGTH));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("network");
        TrafficFields.volume(json, minute.total());
        json.writeEndObject();
        json.writeObjectFieldStart("tripline");
        json.writeObjectFieldStart("traffic");
        totals();
        sensor();
        volumes("protocols", "name", minute.protocols(), NAMES);
        volumes("hierarchy", "path", TrafficFields.layers(minute), LAYERS);
        volumes("unread", "reason", minute.unread(), NAMES);
        indicators();
        hosts("sources", Exchange::packetsSent);
        hosts("targets", Exchange::packetsReceived);
        conversations();
        services();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** What a live sensor told of itself, from which follows who is there, and how. */
    private void sensor() throws IOException {
        SensorMinute told = minute.told();
        if (told.isLive()) {
            json.writeObjectFieldStart("sensor");
            json.writeStringField("heard", CaptureTime.text(told.heard()));
            json.writeStringField("started", CaptureTime.text(told.run()));
            json.writeNumberField("discarded", told.discarded());
            json.writeNumberField("clock_offset_ms", told.clockOffset() / 1_000);
            json.writeBooleanField("spooled", told.spooled());
            json.writeEndObject();
        }
    }

    private void totals() throws IOException {
        if (!minute.segment().isEmpty()) {
            json.writeStringField("segment", SafeText.of(minute.segment(), NAME_LENGTH));
        }
        if (minute.first() <= minute.last()) {
            json.writeStringField("first", CaptureTime.text(minute.first()));
            json.writeStringField("last", CaptureTime.text(minute.last()));
        }
        json.writeNumberField("peak_packets_per_second", peak(Volume::packets));
        json.writeNumberField("peak_bytes_per_second", peak(Volume::bytes));
        json.writeNumberField("dropped", minute.dropped());
        json.writeNumberField("out_of_order", minute.outOfOrder());
        json.writeNumberField("one_sided", minute.oneSided());
        json.writeNumberField("conversations_evicted", minute.evicted());
        json.writeNumberField(
                "packets_unread", TrafficFields.sum(minute.unread()).packets());
        json.writeNumberField("packets_of_other_hosts", minute.hostsLeftOut());
        json.writeNumberField(
                "packets_of_other_conversations",
                minute.conversations().others().packets());
    }

    private long peak(ToLongFunction<Volume> of) {
        return IntStream.range(0, SECONDS)
                .mapToLong(second -> of.applyAsLong(minute.second(second)))
                .max()
                .orElse(0);
    }

    /** Those with most packets, by name. */
    private void volumes(String field, String key, Map<String, Volume> volumes, int limit) throws IOException {
        List<Map.Entry<String, Volume>> most = volumes.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Volume> entry) ->
                                -entry.getValue().packets())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .sorted(Map.Entry.comparingByKey())
                .toList();
        json.writeArrayFieldStart(field);
        for (Map.Entry<String, Volume> entry : most) {
            json.writeStartObject();
            json.writeStringField(key, SafeText.of(entry.getKey(), 2 * NAME_LENGTH));
            TrafficFields.volume(json, entry.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void indicators() throws IOException {
        json.writeArrayFieldStart("indicators");
        for (Map.Entry<String, Long> indicator : minute.indicators().entrySet()) {
            json.writeStartObject();
            json.writeStringField("id", indicator.getKey());
            json.writeNumberField("packets", indicator.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void hosts(String field, ToLongFunction<Exchange> most) throws IOException {
        json.writeArrayFieldStart(field);
        for (Address host : minute.busiest(HOSTS, most)) {
            json.writeStartObject();
            TrafficFields.host(json, host, Objects.requireNonNull(minute.hosts().get(host)));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void conversations() throws IOException {
        json.writeArrayFieldStart("conversations");
        for (int row : minute.busiestConversations(CONVERSATIONS)) {
            json.writeStartObject();
            TrafficFields.conversation(json, minute.conversations(), row);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void services() throws IOException {
        json.writeArrayFieldStart("services");
        for (Map.Entry<OpenService, OpenService.Seen> open :
                minute.services().entrySet().stream().limit(SERVICES).toList()) {
            json.writeStartObject();
            TrafficFields.openService(json, open.getKey(), open.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
