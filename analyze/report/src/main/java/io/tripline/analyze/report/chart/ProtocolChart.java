package io.tripline.analyze.report.chart;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.Scale.Linear;
import io.tripline.analyze.report.chart.Svg.Anchor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The share of each protocol, in packets and in bytes. */
final class ProtocolChart {
    private static final String ID = "chart-protocols";
    private static final int WIDTH = 720;
    private static final int LEFT = 150;
    private static final int RIGHT = 540;
    private static final int TOP = 44;
    private static final int ROW = 32;
    private static final int BAR = 11;
    private static final int LISTED = 10;
    private static final int NAME = 22;
    private static final Set<String> TRANSPORTS = Set.of("tcp", "udp", "sctp");

    /** What a protocol has for itself, without what is above it. */
    private record Share(String name, long packets, long bytes) {
        private Share plus(Share other) {
            return new Share(name, packets + other.packets, bytes + other.bytes);
        }
    }

    private ProtocolChart() {}

    static Optional<Chart> of(JsonNode report) {
        List<Share> shares = shares(report.path("hierarchy"));
        Share all = shares.stream().reduce(new Share("all", 0, 0), Share::plus);
        if (all.packets == 0) {
            return Optional.empty();
        }
        List<Share> rows = new ArrayList<>(shares.subList(0, Math.min(LISTED, shares.size())));
        if (shares.size() > rows.size()) {
            List<Share> rest = shares.subList(rows.size(), shares.size());
            rows.add(rest.stream().reduce(new Share(rest.size() + " more", 0, 0), Share::plus));
        }
        return Optional.of(draw(rows, all));
    }

    /** Leaves and what layers hold besides them, the most packets first; version 4 and 6 of IP together. */
    private static List<Share> shares(JsonNode hierarchy) {
        Map<String, long[]> own = new HashMap<>();
        for (JsonNode layer : hierarchy) {
            String path = layer.path("path").asText();
            long packets = layer.path("packets").asLong();
            long bytes = layer.path("bytes").asLong();
            add(own, path, packets, bytes);
            int cut = path.lastIndexOf('/');
            if (cut > 0) {
                add(own, path.substring(0, cut), -packets, -bytes);
            }
        }
        Map<String, Share> shares = new HashMap<>();
        own.forEach((path, sums) -> {
            String name = name(path);
            shares.merge(name, new Share(name, sums[0], sums[1]), Share::plus);
        });
        return shares.values().stream()
                .filter(share -> share.packets > 0)
                .sorted(Comparator.comparingLong((Share share) -> -share.packets)
                        .thenComparing(Share::name))
                .toList();
    }

    private static void add(Map<String, long[]> own, String path, long packets, long bytes) {
        long[] sums = own.computeIfAbsent(path, unused -> new long[2]);
        sums[0] += packets;
        sums[1] += bytes;
    }

    /** {@code https over tcp} from {@code link/ip/tcp/https}, {@code tcp, other ports} from {@code link/ip/tcp}. */
    private static String name(String path) {
        String last = last(path);
        String below = path.length() > last.length() ? last(path.substring(0, path.length() - last.length() - 1)) : "";
        if (TRANSPORTS.contains(below)) {
            return last + " over " + below;
        }
        if (TRANSPORTS.contains(last)) {
            return last + ", other ports";
        }
        return last.equals("link") ? "unclassified" : last;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Chart draw(List<Share> rows, Share all) {
        String title = "Protocols, by packets and by bytes";
        String words = rows.stream()
                .map(row -> Words.plain(row.name, NAME) + " " + Words.percent((double) row.packets / all.packets)
                        + " of packets, " + Words.percent((double) row.bytes / Math.max(1, all.bytes)) + " of bytes")
                .collect(Collectors.joining("; ", "", "."));
        int bottom = TOP + rows.size() * ROW;
        Svg svg = new Svg(ID, WIDTH, bottom + 44, title, words);
        Legend legend = new Legend(svg, LEFT);
        legend.area(Ink.USUAL.fill(Ink.USUAL, 1), "share of packets");
        legend.area(Ink.PAPER.fill(Ink.ALERT, 1), "share of bytes");
        double most = rows.stream()
                .mapToDouble(row ->
                        Math.max((double) row.packets / all.packets, (double) row.bytes / Math.max(1, all.bytes)))
                .max()
                .orElse(1);
        Linear x = Linear.fromZero(100 * most, 5, LEFT, RIGHT);
        Plot plot = new Plot(svg, LEFT, TOP, RIGHT, bottom);
        plot.horizontal(x, x.ticks(5), tick -> Words.trimmed(tick) + " %", "share", true);
        double y = TOP + 4;
        for (Share row : rows) {
            svg.text(LEFT - 8, y + BAR + 4, Anchor.END, Ink.TEXT, Words.plain(row.name, NAME));
            double packets = (double) row.packets / all.packets;
            double bytes = (double) row.bytes / Math.max(1, all.bytes);
            svg.rectangle(LEFT, y, x.at(100 * packets) - LEFT, BAR, Ink.USUAL.fill(Ink.USUAL, 1));
            svg.rectangle(LEFT, y + BAR + 2, x.at(100 * bytes) - LEFT, BAR - 1, Ink.PAPER.fill(Ink.ALERT, 1));
            svg.text(
                    x.at(100 * packets) + 6,
                    y + BAR - 2,
                    Anchor.START,
                    Ink.TEXT,
                    "font-size=\"10\"",
                    Words.percent(packets) + " of packets (" + Words.count(row.packets) + ")");
            svg.text(
                    x.at(100 * bytes) + 6,
                    y + 2 * BAR,
                    Anchor.START,
                    Ink.SOFT,
                    "font-size=\"10\"",
                    Words.percent(bytes) + " of bytes (" + Words.bytes(row.bytes) + ")");
            y += ROW;
        }
        return new Chart(
                ID,
                title,
                "Of " + Words.count(all.packets, "packet") + " and " + Words.bytes(all.bytes)
                        + " on the wire. Services are named by port; IPv4 and IPv6 are combined.",
                svg.end());
    }
}
