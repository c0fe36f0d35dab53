package io.tripline.analyze.report.chart.sample;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.tunnel.dns.DnsTunnel;
import io.tripline.rules.tunnel.icmp.IcmpTunnel;
import io.tripline.rules.volume.VolumeOutlier;
import io.tripline.schemas.Address;
import io.tripline.schemas.alert.AlertDocument;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the object {@code charts} of {@code report.json}: points that charts need and that stand nowhere else in it,
 * at most about 700 kB.
 */
public final class ChartData {
    public static final int MAPS = 6;
    public static final int TUNNELS = 500;

    private static final Set<String> TUNNEL_RULES = Set.of(IcmpTunnel.RULE, DnsTunnel.RULE);

    private static final int SOURCES = 500;

    private final List<AlertDocument> alerts;
    private final JsonGenerator json;

    private ChartData(List<AlertDocument> alerts, JsonGenerator json) {
        this.alerts = alerts;
        this.json = json;
    }

    /** Whether such a rule's alerts are scans of ports; there are maps of at most {@link #MAPS}. */
    public static boolean isScan(String rule) {
        return PortMaps.isScan(rule);
    }

    /** Whether such a rule's alerts are tunnels; at most {@link #TUNNELS} are told from what is harmless. */
    public static boolean isTunnel(String rule) {
        return TUNNEL_RULES.contains(rule);
    }

    /**
     * Writes it into the open object.
     *
     * @param alerts documents of the riskiest scans and tunnels
     */
    public static void write(
            ChartSamples samples, VolumeSamples volumes, List<AlertDocument> alerts, JsonGenerator json)
            throws IOException {
        ChartData data = new ChartData(alerts, json);
        json.writeObjectFieldStart("charts");
        PortMaps.write(samples.probes(), alerts, json);
        data.echoes(samples.echoes());
        data.names(samples.names());
        data.volumes(volumes);
        json.writeEndObject();
    }

    /** Points are {@code [bytes, bits per byte, messages, 1 where of an incident]}. */
    private void echoes(EchoSamples samples) throws IOException {
        Set<Set<String>> tunnels = new HashSet<>();
        for (AlertDocument alert : of(IcmpTunnel.RULE)) {
            for (String target : alert.tripline().targets().sample()) {
                tunnels.add(new HashSet<>(List.of(alert.sourceIp(), target)));
            }
        }
        json.writeObjectFieldStart("icmp_echo");
        json.writeBooleanField("sampled", samples.sampled());
        json.writeArrayFieldStart("points");
        for (EchoSamples.Shape shape : samples.shapes()) {
            boolean tunnel = !tunnels.isEmpty()
                    && tunnels.contains(new HashSet<>(
                            Arrays.asList(shape.one().toString(), shape.other().toString())));
            point(shape.read(), shape.entropy(), shape.messages(), tunnel);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Points are {@code [characters below the domain, bits per character, messages, 1 where of an incident]}. */
    private void names(NameSamples samples) throws IOException {
        Set<String> tunnels = new HashSet<>();
        for (AlertDocument alert : of(DnsTunnel.RULE)) {
            tunnels.add(alert.sourceIp() + " " + alert.tripline().own().domain());
        }
        NameEntropy entropy = new NameEntropy();
        json.writeObjectFieldStart("dns_names");
        json.writeBooleanField("sampled", samples.sampled());
        json.writeArrayFieldStart("points");
        for (NameSamples.Name name : samples.names()) {
            NameEntropy.Part part = entropy.of(name.name());
            if (part.length() > 0) {
                boolean tunnel = tunnels.contains(name.client() + " " + part.domain());
                point(part.length(), part.entropy(), name.messages(), tunnel);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void point(int length, int entropy, long messages, boolean tunnel) throws IOException {
        json.writeStartArray();
        json.writeNumber(length);
        json.writeNumber(entropy / 1_000.0);
        json.writeNumber(messages);
        json.writeNumber(tunnel ? 1 : 0);
        json.writeEndArray();
    }

    private void volumes(VolumeSamples volumes) throws IOException {
        List<Address> busiest = volumes.busiest();
        json.writeObjectFieldStart("source_minutes");
        json.writeBooleanField("sampled", volumes.sampled());
        json.writeNumberField("sources", busiest.size());
        json.writeNumberField("floor_bytes", VolumeOutlier.Settings.DEFAULT.floorBytes());
        json.writeArrayFieldStart("busiest");
        for (Address source : busiest.subList(0, Math.min(SOURCES, busiest.size()))) {
            VolumeSamples.Most most = volumes.of(source);
            json.writeStartObject();
            json.writeStringField("ip", source.toString());
            json.writeNumberField("packets", most.packets());
            json.writeNumberField("bytes", most.bytes());
            json.writeNumberField("beyond", most.beyond());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private List<AlertDocument> of(String rule) {
        return alerts.stream().filter(alert -> alert.rule().id().equals(rule)).toList();
    }
}
