package io.tripline.analyze;

import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.rules.traffic.TrafficMinute.Volume;
import io.tripline.schemas.Indicator;
import io.tripline.schemas.alert.AlertJson;
import io.tripline.sensor.capture.TimeFaults;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The summary for people: what was read, what stands out, who did what. */
final class SummaryText {
    private static final int LISTED_ALERTS = 20;
    private static final int LISTED_SHARES = 8;

    private SummaryText() {}

    static void print(Summary summary, Results results, boolean showSuppressed, PrintWriter out) throws IOException {
        TrafficMinute traffic = summary.traffic();
        out.printf(
                Locale.ROOT,
                "%,d packets, %,d bytes, read in %.1f s (%,d packets/s)%n",
                traffic.total().packets(),
                traffic.total().bytes(),
                summary.seconds(),
                summary.packetsPerSecond());
        if (traffic.first() <= traffic.last()) {
            out.printf(
                    Locale.ROOT,
                    "%s to %s (%,.3f s)%n",
                    Json.time(traffic.first()),
                    Json.time(traffic.last()),
                    (traffic.last() - traffic.first()) / 1e6);
        }
        shares("Protocols", traffic.protocols(), traffic.total().packets(), out);
        shares("Not decoded", traffic.unread(), traffic.total().packets(), out);
        quality(summary, out);
        indicators(traffic, out);
        alerts(summary, results, out);
        lapsed(summary, out);
        suppressed(summary, results, showSuppressed, out);
        if (!summary.intel().isEmpty()) {
            out.println();
            summary.intel().forEach(list -> SettingsFiles.tell(list, out));
        }
        out.println();
        for (Path output : summary.outputs()) {
            out.println("Written: " + Terminal.safe(output.toString()));
        }
    }

    /**
     * The largest parts, each with its share of all packets; what is below a twentieth of a percent is left to the
     * rest.
     */
    private static void shares(String title, Map<String, Volume> parts, long all, PrintWriter out) {
        if (parts.isEmpty()) {
            return;
        }
        List<Map.Entry<String, Volume>> largest = parts.entrySet().stream()
                .sorted(Map.Entry.<String, Volume>comparingByValue(
                                Comparator.comparingLong(Volume::packets).reversed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(LISTED_SHARES)
                .filter(part -> part.getValue().packets() * 2_000 >= all)
                .toList();
        long rest = parts.values().stream().mapToLong(Volume::packets).sum()
                - largest.stream().mapToLong(part -> part.getValue().packets()).sum();
        String text = largest.stream()
                .map(part -> share(Terminal.safe(part.getKey()), part.getValue().packets(), all))
                .collect(Collectors.joining(", "));
        int others = parts.size() - largest.size();
        String more = others == 0 ? "" : (largest.isEmpty() ? "" : ", ") + share(others + " more", rest, all);
        out.println(title + ": " + text + more);
    }

    private static String share(String name, long packets, long all) {
        return String.format(Locale.ROOT, "%s %.1f %%", name, 100.0 * packets / Math.max(1, all));
    }

    private static void quality(Summary summary, PrintWriter out) {
        TrafficMinute traffic = summary.traffic();
        if (traffic.outOfOrder() > 0) {
            out.printf(Locale.ROOT, "Out of order by more than a second: %,d packets%n", traffic.outOfOrder());
        }
        TimeFaults times = summary.times();
        if (times.furthest() >= 1_000_000) {
            out.printf(
                    Locale.ROOT,
                    "Reordered by time: %,d packets, by up to %,.3f s%n",
                    times.reordered(),
                    times.furthest() / 1e9);
        }
        if (times.ahead() > 0) {
            out.printf(Locale.ROOT, "With a time far ahead of the packets around them: %,d packets%n", times.ahead());
        }
        if (times.setBacks() > 0) {
            out.printf(
                    Locale.ROOT,
                    "The capture's clock was set back: %,d times, by up to %,.1f s%n",
                    times.setBacks(),
                    times.furthestSetBack() / 1e9);
        }
        if (traffic.evicted() > 0) {
            out.printf(Locale.ROOT, "Evicted from a full flow table: %,d conversations%n", traffic.evicted());
        }
    }

    private static void indicators(TrafficMinute traffic, PrintWriter out) {
        if (traffic.indicators().isEmpty()) {
            return;
        }
        out.printf("%nIndicators (facts about single packets)%n");
        for (Indicator indicator : Indicator.values()) {
            Long packets = traffic.indicators().get(indicator.id());
            if (packets != null) {
                out.printf(Locale.ROOT, "%,12d  %-17s %s%n", packets, indicator.id(), indicator.reportName());
            }
        }
    }

    /** Which entries of the settings no longer held when packets came that they name. */
    private static void lapsed(Summary summary, PrintWriter out) {
        if (!summary.lapsed().isEmpty()) {
            String by = summary.lapsed().entrySet().stream()
                    .map(entry -> Terminal.safe(entry.getKey()) + " (" + entry.getValue() + ")")
                    .collect(Collectors.joining(", "));
            out.printf(Locale.ROOT, "%nRaised because the allow entry had expired: %s%n", by);
        }
    }

    /** How many alerts were not raised and why, and on request which. */
    private static void suppressed(Summary summary, Results results, boolean each, PrintWriter out) throws IOException {
        if (summary.suppressed().isEmpty()) {
            return;
        }
        String by = summary.suppressedBy().entrySet().stream()
                .map(entry -> Terminal.safe(entry.getKey()) + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        out.printf(
                Locale.ROOT,
                "%nSuppressed by %s: %,d%s%n",
                by,
                summary.suppressed().size(),
                each ? "" : "; --show-suppressed lists them");
        if (each) {
            list(summary.suppressed(), results.suppressed(), out);
        }
    }

    private static void alerts(Summary summary, Results results, PrintWriter out) throws IOException {
        if (summary.alerts().isEmpty()) {
            out.printf("%nNo alerts%n");
            return;
        }
        out.printf(
                "%nAlerts: %s%n",
                summary.bySeverity().entrySet().stream()
                        .filter(severity -> severity.getValue() > 0)
                        .sorted(Map.Entry.<Severity, Long>comparingByKey().reversed())
                        .map(severity -> Terminal.coloured(
                                severity.getKey(),
                                severity.getValue() + " " + severity.getKey().id()))
                        .collect(Collectors.joining(", ")));
        list(summary.alerts(), results.alerts(), out);
    }

    /** The worst of them, one a line. */
    private static void list(List<AlertLog.Entry> alerts, AlertLog documents, PrintWriter out) throws IOException {
        List<AlertLog.Entry> worst = alerts.stream()
                .sorted(Comparator.comparingInt(
                                (AlertLog.Entry entry) -> entry.alert().risk())
                        .reversed())
                .limit(LISTED_ALERTS)
                .toList();
        for (AlertLog.Entry entry : worst) {
            Alert alert = entry.alert();
            String message = AlertJson.message(documents.document(entry));
            out.printf(
                    Locale.ROOT,
                    "  %s  %-10s  %s%n",
                    Terminal.coloured(
                            alert.severity(),
                            String.format("%-8s", alert.severity().id())),
                    alert.rule(),
                    Terminal.safe(message));
        }
        int untold = alerts.size() - worst.size();
        if (untold > 0) {
            out.printf(Locale.ROOT, "  and %,d more, see the files%n", untold);
        }
    }
}
