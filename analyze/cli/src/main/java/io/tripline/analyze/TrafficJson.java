package io.tripline.analyze;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.network.OpenService;
import io.tripline.rules.traffic.ConversationTable;
import io.tripline.rules.traffic.Exchange;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficFields;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.rules.traffic.TrafficMinute.Volume;
import io.tripline.schemas.Address;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Writes the traffic summary: what was sent by whom to whom, when, and how good the capture is. */
final class TrafficJson {
    private static final int LISTED_HOSTS = 100;
    private static final int LISTED_CONVERSATIONS = 100;
    private static final int LISTED_SERVICES = 1_000;
    private static final long MICROSECONDS = 1_000_000;

    private final Summary summary;
    private final TrafficMinute traffic;
    private final JsonGenerator json;
    private final Map<Address, SortedMap<String, Long>> indicators = new HashMap<>();
    private final Map<Address, Long> alerts = new HashMap<>();

    private TrafficJson(Summary summary, List<IndicatorEvent> events, JsonGenerator json) {
        this.summary = summary;
        this.traffic = summary.traffic();
        this.json = json;
        for (IndicatorEvent event : events) {
            indicators
                    .computeIfAbsent(event.source(), source -> new TreeMap<>())
                    .merge(event.indicator().id(), 1L, Long::sum);
        }
        summary.alerts().forEach(entry -> alerts.merge(entry.alert().actor(), 1L, Long::sum));
    }

    /**
     * Writes it into the open object.
     *
     * @param events first packets of each indicator
     */
    static void write(Summary summary, List<IndicatorEvent> events, JsonGenerator json) throws IOException {
        TrafficJson writer = new TrafficJson(summary, events, json);
        writer.totals();
        writer.hierarchy();
        writer.quality();
        writer.hosts("sources", Exchange::packetsSent);
        writer.hosts("targets", Exchange::packetsReceived);
        writer.conversations();
        writer.services();
        writer.timeline();
    }

    private void totals() throws IOException {
        json.writeObjectFieldStart("totals");
        TrafficFields.volume(json, traffic.total());
        json.writeNumberField("unread", TrafficFields.sum(traffic.unread()).packets());
        json.writeNumberField("hosts", traffic.hosts().size());
        json.writeNumberField("packets_of_other_hosts", traffic.hostsLeftOut());
        json.writeNumberField("conversations", traffic.conversations().size());
        json.writeNumberField(
                "packets_of_other_conversations",
                traffic.conversations().others().packets());
        json.writeNumberField(
                "indicators",
                traffic.indicators().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        json.writeNumberField("alerts", summary.alerts().size());
        json.writeEndObject();
    }

    /** Every layer with the sum of what is above it, from the link up; leaves in {@code path} order. */
    private void hierarchy() throws IOException {
        json.writeArrayFieldStart("hierarchy");
        for (Map.Entry<String, Volume> layer : TrafficFields.layers(traffic).entrySet()) {
            json.writeStartObject();
            json.writeStringField("path", layer.getKey());
            TrafficFields.volume(json, layer.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void quality() throws IOException {
        json.writeObjectFieldStart("quality");
        json.writeNumberField("dropped", traffic.dropped());
        json.writeNumberField("out_of_order", traffic.outOfOrder());
        json.writeNumberField("reordered", summary.times().reordered());
        json.writeNumberField("impossible_times", summary.times().ahead());
        json.writeNumberField("clock_set_backs", summary.times().setBacks());
        json.writeNumberField("one_sided", traffic.oneSided());
        json.writeNumberField("conversations_evicted", traffic.evicted());
        json.writeNumberField("late", summary.late());
        json.writeNumberField("unusable_places", summary.problemCount());
        json.writeEndObject();
    }

    private void hosts(String field, ToLongFunction<Exchange> most) throws IOException {
        json.writeArrayFieldStart(field);
        for (Address host : traffic.busiest(LISTED_HOSTS, most)) {
            json.writeStartObject();
            TrafficFields.host(
                    json, host, Objects.requireNonNull(traffic.hosts().get(host)));
            counts("indicators", indicators.getOrDefault(host, new TreeMap<>()));
            json.writeNumberField("alerts", alerts.getOrDefault(host, 0L));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void counts(String field, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(Terminal.safe(count.getKey()), count.getValue());
        }
        json.writeEndObject();
    }

    private void conversations() throws IOException {
        ConversationTable table = traffic.conversations();
        json.writeArrayFieldStart("conversations");
        for (int row : traffic.busiestConversations(LISTED_CONVERSATIONS)) {
            json.writeStartObject();
            TrafficFields.conversation(json, table, row);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void services() throws IOException {
        json.writeArrayFieldStart("services");
        for (Map.Entry<OpenService, OpenService.Seen> open :
                traffic.services().entrySet().stream().limit(LISTED_SERVICES).toList()) {
            json.writeStartObject();
            TrafficFields.openService(json, open.getKey(), open.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void timeline() throws IOException {
        Timeline timeline = summary.timeline();
        json.writeArrayFieldStart("timeline");
        for (Map.Entry<Long, Timeline.Entry> entry : timeline.entries().entrySet()) {
            json.writeStartObject();
            json.writeStringField("time", Json.time(entry.getKey() * MICROSECONDS));
            json.writeNumberField("seconds", timeline.width());
            TrafficFields.volume(json, entry.getValue().total());
            json.writeNumberField("dropped", entry.getValue().dropped());
            json.writeObjectFieldStart("sensors");
            for (Map.Entry<String, Volume> sensor : entry.getValue().sensors().entrySet()) {
                json.writeNumberField(
                        Terminal.safe(sensor.getKey()), sensor.getValue().packets());
            }
            json.writeEndObject();
            counts("indicators", entry.getValue().indicators());
            if (timeline.bySecond()) {
                json.writeArrayFieldStart("per_second");
                for (long packets : entry.getValue().perSecond()) {
                    json.writeNumber(packets);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
