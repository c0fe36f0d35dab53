package io.tripline.analyze;

import io.tripline.analyze.report.chart.sample.VolumeSamples;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.engine.Late;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.rules.volume.VolumeOutlier;
import io.tripline.schemas.Indicator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the job hands back to the program that started it. Filled by several threads; read when the job is done. */
final class Results implements AutoCloseable {
    /** Sources whose volume is kept over the whole run; the others are in the totals. */
    private static final int SOURCES = 10_000;

    private final AlertLog alerts = new AlertLog();
    private final AlertLog suppressed = new AlertLog();
    private final List<IndicatorEvent> events = new ArrayList<>();
    private final TrafficMinute traffic = new TrafficMinute("", 0);
    private final Timeline timeline = new Timeline();
    private final VolumeSamples sourceMinutes = new VolumeSamples();
    private final List<Alert> volumes = new ArrayList<>();
    private long late;

    Results() throws IOException {}

    void add(Alert alert) throws IOException {
        alerts.add(alert);
    }

    void addSuppressed(Alert alert) throws IOException {
        suppressed.add(alert);
    }

    synchronized void add(IndicatorEvent event) {
        events.add(event);
    }

    synchronized void add(TrafficMinute minute) {
        traffic.merge(minute);
        traffic.keepBusiest(SOURCES);
        timeline.add(minute);
        sourceMinutes.add(minute);
    }

    /**
     * Adds up what only a whole incident tells, when the job is done: the packets that a source sent while its volume
     * was an outlier count as packets that show it.
     */
    synchronized void complete() throws IOException {
        for (AlertLog.Entry entry : alerts.entries()) {
            Alert alert = entry.alert();
            if (alert.rule().equals(VolumeOutlier.RULE)) {
                long packets = alerts.read(entry).tripline().packets();
                traffic.indicators().merge(Indicator.VOLUME.id(), packets, Long::sum);
                volumes.add(alert);
            }
        }
    }

    /** Alerts about volumes, by first event time. */
    synchronized List<Alert> volumes() {
        return List.copyOf(volumes);
    }

    synchronized void addLate(Late ignored) {
        late++;
    }

    AlertLog alerts() {
        return alerts;
    }

    /** Alerts that were not raised; what was raised before all of it was allowed, or after, may be among them. */
    AlertLog suppressed() {
        return suppressed;
    }

    /** Alerts that were never raised, by first event time. */
    List<AlertLog.Entry> neverRaised() {
        return suppressed.entries().stream()
                .filter(entry -> !alerts.has(entry.alert().id()))
                .toList();
    }

    /** The first packets of each indicator, by frame. */
    synchronized List<IndicatorEvent> events() {
        List<IndicatorEvent> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparingLong(IndicatorEvent::frame)
                .thenComparing(event -> event.indicator().id()));
        return sorted;
    }

    /** Totals over the whole run; the minute and sensor it names mean nothing. */
    synchronized TrafficMinute traffic() {
        return traffic;
    }

    synchronized Timeline timeline() {
        return timeline;
    }

    /** What sources sent in their busiest minutes. */
    synchronized VolumeSamples sourceMinutes() {
        return sourceMinutes;
    }

    /** Activities that came after their second was complete; a capture file has none. */
    synchronized long late() {
        return late;
    }

    @Override
    public void close() throws IOException {
        alerts.close();
        suppressed.close();
    }
}
