package io.tripline.rules.traffic;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.alert.CaptureTime;
import io.tripline.rules.network.OpenService;
import io.tripline.rules.network.Service;
import io.tripline.rules.network.ServiceNames;
import io.tripline.rules.traffic.TrafficMinute.Volume;
import io.tripline.schemas.Address;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How volumes, hosts, conversations and services are written, wherever. Each method writes fields into the object that is open. */
public final class TrafficFields {
    private TrafficFields() {}

    /** Packets and bytes. */
    public static void volume(JsonGenerator json, Volume volume) throws IOException {
        json.writeNumberField("packets", volume.packets());
        json.writeNumberField("bytes", volume.bytes());
    }

    /** The sum of many. */
    public static Volume sum(Map<String, Volume> volumes) {
        return volumes.values().stream().reduce(new Volume(0, 0), Volume::plus);
    }

    /** A host with what it sent and received. */
    public static void host(JsonGenerator json, Address host, Exchange exchange) throws IOException {
        json.writeStringField("ip", host.toString());
        json.writeNumberField("packets_sent", exchange.packetsSent());
        json.writeNumberField("bytes_sent", exchange.bytesSent());
        json.writeNumberField("packets_received", exchange.packetsReceived());
        json.writeNumberField("bytes_received", exchange.bytesReceived());
    }

    /** A row of a table of conversations. */
    public static void conversation(JsonGenerator json, ConversationTable table, int row) throws IOException {
        json.writeStringField("initiator", table.initiator(row).toString());
        json.writeStringField("responder", table.responder(row).toString());
        service(json, table.service(row));
        json.writeNumberField("packets_out", table.packetsOut(row));
        json.writeNumberField("bytes_out", table.bytesOut(row));
        json.writeNumberField("packets_in", table.packetsIn(row));
        json.writeNumberField("bytes_in", table.bytesIn(row));
        json.writeNumberField("accepted", table.opened(row));
        json.writeStringField("first", CaptureTime.text(table.first(row)));
        json.writeStringField("last", CaptureTime.text(table.last(row)));
    }

    /** A service that accepted. */
    public static void openService(JsonGenerator json, OpenService open, OpenService.Seen seen) throws IOException {
        json.writeStringField("ip", open.address().toString());
        service(json, open.service());
        json.writeStringField("first", CaptureTime.text(seen.first()));
        json.writeNumberField("times", seen.times());
    }

    private static void service(JsonGenerator json, int service) throws IOException {
        json.writeStringField("service", Service.text(service));
        String name = ServiceNames.name(service);
        if (!name.isEmpty()) {
            json.writeStringField("name", name);
        }
    }

    /** Every layer with the sum of what is above it, from {@code link} up, in the order of their paths. */
    public static SortedMap<String, Volume> layers(TrafficMinute traffic) {
        SortedMap<String, Volume> layers = new TreeMap<>();
        layers.put("link", traffic.total());
        traffic.hierarchy().forEach((path, volume) -> {
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                layers.merge("link/" + path.substring(0, end), volume, Volume::plus);
            }
            layers.merge("link/" + path, volume, Volume::plus);
        });
        traffic.protocols().forEach((name, volume) -> {
            if (name.startsWith("ethertype-")) {
                layers.put("link/" + name, volume);
            }
        });
        if (!traffic.unread().isEmpty()) {
            layers.put("link/unread", sum(traffic.unread()));
        }
        return layers;
    }
}
