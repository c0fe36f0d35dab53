package io.tripline.analyze.report.chart.sample;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.probe.distributedscan.DistributedScan;
import io.tripline.rules.probe.portscan.PortScan;
import io.tripline.rules.probe.slowscan.SlowScan;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.Evidence;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Picks the probes of the riskiest scans from what was sampled, and writes them. */
final class PortMaps {
    /** Probes of one map. */
    private static final int POINTS = 2_000;

    private static final Set<String> SCANS = Set.of(PortScan.RULE, SlowScan.RULE, DistributedScan.RULE);
    private static final Comparator<AlertDocument> RISKIEST = Comparator.<AlertDocument>comparingLong(
                    alert -> -alert.event().riskScore())
            .thenComparing(alert -> alert.event().start())
            .thenComparing(alert -> alert.event().id());
    private static final Comparator<Probe> IN_TIME = Comparator.comparingLong(Probe::first)
            .thenComparing(Probe::transport)
            .thenComparingInt(Probe::port)
            .thenComparing(Probe::techniqueName);

    private PortMaps() {}

    static boolean isScan(String rule) {
        return SCANS.contains(rule);
    }

    static void write(ProbeSamples samples, List<AlertDocument> alerts, JsonGenerator json) throws IOException {
        List<AlertDocument> scans = alerts.stream()
                .filter(alert -> isScan(alert.rule().id()))
                .sorted(RISKIEST)
                .limit(ChartData.MAPS)
                .toList();
        json.writeArrayFieldStart("port_maps");
        Set<ProbedPair> shown = new HashSet<>();
        for (AlertDocument alert : scans) {
            Picked picked = pick(samples, alert);
            // What several sources did together is one map, not one more for each of them.
            if (!picked.probes.isEmpty() && shown.addAll(picked.pairs)) {
                write(picked, alert, json);
            }
        }
        json.writeEndArray();
    }

    /** The probes of a scan; of a scan of several targets those at the target with most. */
    private record Picked(List<ProbedPair> pairs, List<Probe> probes, boolean sampled) {
        private String target() {
            return pairs.get(0).target().toString();
        }
    }

    private static Picked pick(ProbeSamples samples, AlertDocument alert) {
        Predicate<ProbedPair> about = about(alert);
        long start = time(alert.event().start());
        long end = time(alert.event().end());
        List<ProbedPair> pairs = new ArrayList<>(samples.pairs());
        pairs.removeIf(about.negate());
        pairs.sort(Comparator.comparing(ProbedPair::target).thenComparing(ProbedPair::source));
        Picked most = new Picked(List.of(), List.of(), false);
        int from = 0;
        while (from < pairs.size()) {
            int to = from;
            boolean sampled = false;
            List<Probe> probes = new ArrayList<>();
            while (to < pairs.size()
                    && pairs.get(to).target().equals(pairs.get(from).target())) {
                sampled |= pairs.get(to).sampled();
                probes.addAll(pairs.get(to).probes());
                to++;
            }
            probes.removeIf(probe -> probe.first() < start || probe.first() > end || probe.isExpired());
            if (probes.size() > most.probes.size()) {
                probes.sort(IN_TIME);
                most = new Picked(pairs.subList(from, to), probes, sampled);
            }
            from = to;
        }
        return most;
    }

    /** Whose probes they are: the source's, or those of several sources at the target. */
    private static Predicate<ProbedPair> about(AlertDocument alert) {
        if (alert.rule().id().equals(DistributedScan.RULE)) {
            String target = alert.destinationIp();
            Evidence.Hosts several = alert.tripline().sources();
            Set<String> sources = several == null ? Set.of() : Set.copyOf(several.sample());
            return pair -> pair.target().toString().equals(target)
                    && sources.contains(pair.source().toString());
        }
        String source = alert.sourceIp();
        return pair -> pair.source().toString().equals(source);
    }

    private static long time(String text) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
    }

    /** Open ports all, of the others evenly many where there are too many. */
    private static List<Probe> thinned(List<Probe> probes) {
        long open = probes.stream().filter(Probe::isOpen).count();
        long others = probes.size() - open;
        long room = Math.max(0, POINTS - open);
        List<Probe> kept = new ArrayList<>();
        long seen = 0;
        for (Probe probe : probes) {
            boolean stays = probe.isOpen() || others <= room || seen * room / others < (seen + 1) * room / others;
            seen += probe.isOpen() ? 0 : 1;
            if (stays) {
                kept.add(probe);
            }
        }
        return kept;
    }

    /** Points are {@code [seconds since start, port, transport, technique, outcome]}. */
    private static void write(Picked picked, AlertDocument alert, JsonGenerator json) throws IOException {
        String start = alert.event().start();
        List<Probe> thinned = thinned(picked.probes);
        json.writeStartObject();
        json.writeStringField("alert", alert.event().id());
        json.writeStringField("target", picked.target());
        json.writeBooleanField("sampled", picked.sampled || thinned.size() < picked.probes.size());
        json.writeStringField("start", start);
        json.writeArrayFieldStart("points");
        for (Probe probe : thinned) {
            json.writeStartArray();
            json.writeNumber(Math.round((probe.first() - time(start)) / 1e2) / 1e4);
            json.writeNumber(probe.port());
            json.writeString(probe.transport());
            json.writeString(probe.techniqueName());
            json.writeString(probe.outcomeName());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
