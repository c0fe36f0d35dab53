package io.tripline.analyze.report.chart;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.Scale.Linear;
import io.tripline.analyze.report.chart.Scale.Logarithmic;
import io.tripline.analyze.report.chart.Svg.Anchor;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A scan: which port was tried when, and what became of it; above, when each technique was used. */
final class PortMapChart {
    private static final int WIDTH = 720;
    private static final int LEFT = 76;
    private static final int RIGHT = 630;
    private static final int LEGEND = 34;
    private static final int LANE = 14;
    private static final int PLOT = 300;

    /** Marks at most, besides those of open ports. */
    private static final int MARKS = 1_100;

    private static final int NAMED = 14;
    private static final int LANES = 12;
    private static final int HOST = 40;
    private static final int LINE = 13;

    /** What became of a probe, with the mark that stands for it; the more telling first. */
    private enum Fate {
        OPEN("m0-5l5 5-5 5-5-5z"),
        CLOSED("m-2-2l4 4m0-4l-4 4"),
        FILTERED("m-3 0h6"),
        UNSEEN("m-2 0h4m-2-2v4");

        private final String mark;

        Fate(String mark) {
            this.mark = mark;
        }

        private static Fate of(String name) {
            return switch (name) {
                case "open" -> OPEN;
                case "closed" -> CLOSED;
                case "filtered" -> FILTERED;
                default -> UNSEEN;
            };
        }

        private String words() {
            return this == FILTERED ? "filtered (no response)" : this == UNSEEN ? "response not visible" : id();
        }

        private String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Probe(double second, int port, String transport, String technique, Fate fate) {
        private String service() {
            return port + "/" + Words.plain(transport, 6);
        }
    }

    private final String id;
    private final JsonNode map;
    private final AlertDocument alert;
    private final List<Probe> probes = new ArrayList<>();
    private final Map<String, Fate> services = new HashMap<>();
    private final Map<String, double[]> techniques = new LinkedHashMap<>();

    private PortMapChart(String id, JsonNode map, AlertDocument alert) {
        this.id = id;
        this.map = map;
        this.alert = alert;
    }

    static List<Chart> of(JsonNode report) {
        List<Chart> charts = new ArrayList<>();
        List<AlertDocument> alerts = AlertDocuments.of(report);
        for (JsonNode map : report.path("charts").path("port_maps")) {
            PortMapChart chart = new PortMapChart(
                    "chart-ports-" + (charts.size() + 1),
                    map,
                    alert(alerts, map.path("alert").asText()));
            chart.addAll(map.path("points"));
            if (!chart.probes.isEmpty()) {
                charts.add(chart.draw());
            }
        }
        return charts;
    }

    private static AlertDocument alert(List<AlertDocument> alerts, String id) {
        return alerts.stream()
                .filter(alert -> alert.event().id().equals(id))
                .findFirst()
                .orElse(AlertDocument.NONE);
    }

    /** Numbers of IP protocols are no ports: of the two, the map shows what was probed more. */
    private void addAll(JsonNode points) {
        int protocols = 0;
        for (JsonNode point : points) {
            protocols += isIpProtocol(point) ? 1 : 0;
        }
        boolean wanted = 2 * protocols > points.size();
        for (JsonNode point : points) {
            if (isIpProtocol(point) == wanted) {
                add(point);
            }
        }
    }

    private static boolean isIpProtocol(JsonNode point) {
        return point.path(2).asText().equals("ip");
    }

    private void add(JsonNode point) {
        Probe probe = new Probe(
                Math.max(0, point.path(0).asDouble()),
                Math.min(65_535, Math.max(0, point.path(1).asInt())),
                point.path(2).asText(),
                point.path(3).asText(),
                Fate.of(point.path(4).asText()));
        probes.add(probe);
        services.merge(probe.service(), probe.fate, (one, other) -> one.compareTo(other) < 0 ? one : other);
        double[] span = techniques.computeIfAbsent(probe.technique, unused -> new double[] {probe.second, 0});
        span[0] = Math.min(span[0], probe.second);
        span[1] = Math.max(span[1], probe.second);
    }

    private String source() {
        String source = alert.sourceIp();
        Evidence.Hosts several = alert.tripline().sources();
        long sources = several == null ? 0 : several.distinct();
        return source.isEmpty()
                ? sources > 1 ? Words.count(sources, "source") : "one source"
                : Words.plain(source, HOST);
    }

    private Chart draw() {
        double longest = probes.stream().mapToDouble(Probe::second).max().orElse(0);
        String target = Words.plain(map.path("target").asText(), HOST);
        String title = "Ports of " + target + " probed by " + source();
        String words = words(longest);
        int lanes = techniques.size() > 1 ? Math.min(LANES, techniques.size()) : 0;
        int top = LEGEND + 10 + lanes * LANE;
        int bottom = top + PLOT;
        Svg svg = new Svg(id, WIDTH, bottom + 44, title, words);
        Scale y = ports(bottom, top);
        boolean brief = longest < 1;
        double end = Math.max(longest * 1.02, 0.001) * (brief ? 1_000 : 1);
        Linear x = new Linear(0, end, LEFT + 6, RIGHT);
        Linear seconds = new Linear(0, end / (brief ? 1_000 : 1), LEFT + 6, RIGHT);
        Plot plot = new Plot(svg, LEFT, top, RIGHT, bottom);
        boolean protocols = probes.stream().allMatch(probe -> probe.transport.equals("ip"));
        plot.vertical(y, y.ticks(6), tick -> Long.toString(Math.round(tick)), protocols ? "IP protocol" : "port");
        String start = map.path("start").asText();
        plot.horizontal(
                x,
                x.ticks(7),
                Words::trimmed,
                (brief ? "milliseconds" : "seconds") + " after " + Words.plain(start.replace('T', ' '), 27),
                true);
        lanes(svg, seconds, LEGEND + 10);
        int shown = marks(svg, seconds, y);
        names(svg, y, top, bottom);
        legend(svg);
        return new Chart(id, title, caption(shown), svg.end());
    }

    private String words(double longest) {
        return (map.path("sampled").asBoolean() ? "Probes" : Words.count(probes.size(), "probe")) + " within "
                + Words.duration(longest) + ": "
                + counts().entrySet().stream()
                        .map(fate -> Words.count(fate.getValue(), "port") + " "
                                + fate.getKey().words())
                        .collect(Collectors.joining(", "))
                + "." + open();
    }

    /**
     * How many ports there are of each fate; of a port that was probed more than once, the most telling counts. Where
     * probes are sampled, the alert knows, if it is about this target alone; otherwise nobody does.
     */
    private Map<Fate, Long> counts() {
        Map<Fate, Long> counts = services.values().stream()
                .collect(Collectors.groupingBy(fate -> fate, () -> new EnumMap<>(Fate.class), Collectors.counting()));
        if (map.path("sampled").asBoolean()) {
            Evidence.Ports ports = alert.tripline().ports();
            boolean known = alert.tripline().targets().distinct() == 1;
            known(Fate.CLOSED, known ? ports.closed() : null, counts);
            known(Fate.FILTERED, known ? ports.filtered() : null, counts);
            known(Fate.UNSEEN, known ? ports.unseen() : null, counts);
        }
        return counts;
    }

    private static void known(Fate fate, @Nullable Long ports, Map<Fate, Long> counts) {
        if (ports != null && ports > 0) {
            counts.put(fate, ports);
        } else {
            counts.remove(fate);
        }
    }

    private String open() {
        List<String> open = probes.stream()
                .filter(probe -> probe.fate == Fate.OPEN)
                .sorted(Comparator.comparingInt(Probe::port).thenComparing(Probe::transport))
                .map(Probe::service)
                .distinct()
                .toList();
        String more = open.size() > NAMED ? " and " + (open.size() - NAMED) + " more" : "";
        return open.isEmpty()
                ? ""
                : " Open: " + open.stream().limit(NAMED).collect(Collectors.joining(", ")) + more + ".";
    }

    private String caption(int shown) {
        long targets = alert.tripline().targets().distinct();
        return "Each mark is the first probe of a port"
                + (techniques.size() > 1 ? " by a technique; bars above show when each was used" : "") + "."
                + (targets > 1
                        ? " The scan had " + Words.count(targets, "target") + "; this is the one probed most."
                        : "")
                + (map.path("sampled").asBoolean() || shown < probes.size()
                        ? " There were more probes than can be shown: all open ports are here, a uniform sample of the others."
                        : "");
    }

    /** Ratios where most ports are low ones, differences otherwise. */
    private Scale ports(double bottom, double top) {
        int[] sorted = probes.stream().mapToInt(Probe::port).sorted().toArray();
        int low = sorted[0];
        int high = sorted[sorted.length - 1];
        int middle = sorted[sorted.length / 2];
        if (low > 0 && high > 20 * low && middle < high / 4) {
            return new Logarithmic(Math.max(0.9, low * 0.9), high * 1.15, bottom - 4, top + 4);
        }
        double margin = Math.max(1, (high - low) * 0.03);
        return new Linear(Math.max(0, low - margin), high + margin, bottom - 4, top + 4);
    }

    /** When each technique was used. */
    private void lanes(Svg svg, Scale x, double top) {
        if (techniques.size() < 2) {
            return;
        }
        double y = top;
        for (Map.Entry<String, double[]> technique :
                techniques.entrySet().stream().limit(LANES).toList()) {
            double from = x.at(technique.getValue()[0]);
            double to = Math.max(from + 3, x.at(technique.getValue()[1]));
            svg.text(LEFT - 6, y + 9, Anchor.END, Ink.TEXT, "font-size=\"10\"", Words.plain(technique.getKey(), 13));
            svg.rectangle(from, y + 3, to - from, 5, Ink.SOFT.fill());
            y += LANE;
        }
    }

    /** Draws one mark for those that would lie on one another; gives how many probes stand behind what is drawn. */
    private int marks(Svg svg, Scale x, Scale y) {
        Map<Fate, Map<String, Integer>> places = new EnumMap<>(Fate.class);
        for (Probe probe : probes) {
            String place = Math.round(x.at(probe.second)) + " " + Math.round(y.at(probe.port));
            places.computeIfAbsent(probe.fate, unused -> new LinkedHashMap<>()).merge(place, 1, Integer::sum);
        }
        int others = places.entrySet().stream()
                .filter(fate -> fate.getKey() != Fate.OPEN)
                .mapToInt(fate -> fate.getValue().size())
                .sum();
        int shown = 0;
        for (Fate fate : List.of(Fate.UNSEEN, Fate.CLOSED, Fate.FILTERED, Fate.OPEN)) {
            StringBuilder path = new StringBuilder();
            long seen = 0;
            for (Map.Entry<String, Integer> place :
                    places.getOrDefault(fate, Map.of()).entrySet()) {
                boolean stays =
                        fate == Fate.OPEN || others <= MARKS || seen * MARKS / others < (seen + 1) * MARKS / others;
                seen++;
                if (stays) {
                    path.append('M').append(place.getKey()).append(fate.mark);
                    shown += place.getValue();
                }
            }
            svg.path(path, look(fate));
        }
        return shown;
    }

    private static String look(Fate fate) {
        return switch (fate) {
            case OPEN -> Ink.OPEN.fill(Ink.TEXT, 1);
            case CLOSED -> Ink.USUAL.stroke(1);
            case FILTERED -> Ink.ALERT.stroke(1.6);
            case UNSEEN -> Ink.SOFT.stroke(1);
        };
    }

    /** Names open ports beside the plot, as far as there is room, with a line to the height of their marks. */
    private void names(Svg svg, Scale y, double top, double bottom) {
        Map<String, Probe> open = new LinkedHashMap<>();
        probes.stream()
                .filter(probe -> probe.fate == Fate.OPEN)
                .sorted(Comparator.comparingInt((Probe probe) -> -probe.port).thenComparing(Probe::transport))
                .forEach(probe -> open.putIfAbsent(probe.service(), probe));
        int room = (int) ((bottom - top) / LINE);
        double next = top + 4;
        int left = open.size();
        for (Map.Entry<String, Probe> service : open.entrySet()) {
            if (left > 1 && open.size() - left >= room - 1) {
                svg.text(RIGHT + 24, next + 4, Anchor.START, Ink.SOFT, "font-size=\"11\"", left + " more open");
                return;
            }
            double at = y.at(service.getValue().port);
            double place = Math.min(Math.max(next, at), bottom - (left - 1) * LINE - 4);
            svg.path("M" + Svg.point(RIGHT, at) + "h5L" + Svg.point(RIGHT + 18, place) + "h3", Ink.OPEN.stroke(1));
            svg.text(RIGHT + 24, place + 4, Anchor.START, Ink.TEXT, "font-size=\"11\"", service.getKey());
            next = place + LINE;
            left--;
        }
    }

    private void legend(Svg svg) {
        Map<Fate, Long> counts = counts();
        Legend legend = new Legend(svg, LEFT);
        for (Fate fate : probes.stream().map(Probe::fate).collect(Collectors.toCollection(TreeSet::new))) {
            String count = counts.containsKey(fate) ? ": " + Words.count(counts.get(fate)) : "";
            legend.mark(fate.mark, look(fate), fate.words() + count);
        }
    }
}
