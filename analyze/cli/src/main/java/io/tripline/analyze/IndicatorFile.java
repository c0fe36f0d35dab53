package io.tripline.analyze;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.schemas.IpProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code indicators.ndjson}: one line for each of the first packets that show an indicator, by frame, then one line for
 * each indicator with its total, how many of them are listed, and the limit.
 */
final class IndicatorFile {
    private IndicatorFile() {}

    static void write(Results results, Path file) throws IOException {
        Map<String, Long> listed = new HashMap<>();
        try (JsonGenerator json = Json.generator(file)) {
            json.setRootValueSeparator(null);
            for (IndicatorEvent event : results.events()) {
                listed.merge(event.indicator().id(), 1L, Long::sum);
                write(event, json);
                json.writeRaw('\n');
            }
            for (Map.Entry<String, Long> total : results.traffic().indicators().entrySet()) {
                json.writeStartObject();
                json.writeStringField("indicator", total.getKey());
                json.writeNumberField("total", total.getValue());
                json.writeNumberField("listed", listed.getOrDefault(total.getKey(), 0L));
                json.writeNumberField("limit", TrafficFold.LISTED_EVENTS);
                json.writeEndObject();
                json.writeRaw('\n');
            }
        }
    }

    /** One packet that shows an indicator. */
    static void write(IndicatorEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("@timestamp", Json.time(event.time()));
        json.writeStringField("indicator", event.indicator().id());
        json.writeStringField("name", event.indicator().reportName());
        json.writeNumberField("frame", event.frame());
        json.writeStringField("protocol", protocol(event.protocol()));
        end("source", event.source().toString(), event.sourcePort(), event.protocol(), json);
        end("destination", event.destination().toString(), event.destinationPort(), event.protocol(), json);
        json.writeEndObject();
    }

    private static void end(String name, String address, int port, int protocol, JsonGenerator json)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("ip", address);
        if (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP || protocol == IpProtocol.SCTP) {
            json.writeNumberField("port", port);
        }
        json.writeEndObject();
    }

    private static String protocol(int number) {
        return switch (number) {
            case IpProtocol.TCP -> "tcp";
            case IpProtocol.UDP -> "udp";
            case IpProtocol.SCTP -> "sctp";
            case IpProtocol.ICMP -> "icmp";
            case IpProtocol.ICMPV6 -> "icmpv6";
            case IpProtocol.ARP -> "arp";
            default -> "ip-" + number;
        };
    }
}
