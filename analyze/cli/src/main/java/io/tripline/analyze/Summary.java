package io.tripline.analyze;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.intel.IntelCounts;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.sensor.capture.CaptureProblem;
import io.tripline.sensor.capture.CaptureSummary;
import io.tripline.sensor.capture.TimeFaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an analysis found, in figures.
 *
 * @param times what was wrong with the times of packets
 * @param traffic sums over all of it
 * @param nanoseconds wall-clock time it took
 * @param alerts all alerts, by first event time
 * @param suppressed alerts that were not raised, likewise
 * @param intel what loading each list gave
 * @param outputs files written
 */
record Summary(
        List<CaptureSummary> captures,
        List<CaptureProblem> problems,
        long problemCount,
        TimeFaults times,
        TrafficMinute traffic,
        Timeline timeline,
        long late,
        long nanoseconds,
        List<AlertLog.Entry> alerts,
        List<AlertLog.Entry> suppressed,
        List<IntelCounts> intel,
        List<Path> outputs) {

    /** A copy with one more file written. */
    Summary with(Path output) {
        List<Path> all = new ArrayList<>(outputs);
        all.add(output);
        return new Summary(
                captures,
                problems,
                problemCount,
                times,
                traffic,
                timeline,
                late,
                nanoseconds,
                alerts,
                suppressed,
                intel,
                all);
    }

    double seconds() {
        return nanoseconds / 1e9;
    }

    long packetsPerSecond() {
        return nanoseconds == 0 ? 0 : Math.round(traffic.total().packets() / seconds());
    }

    /** Alerts by severity, the worst first; none left out. */
    Map<Severity, Long> bySeverity() {
        Map<Severity, Long> counts = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            counts.put(severity, 0L);
        }
        alerts.forEach(entry -> counts.merge(entry.alert().severity(), 1L, Long::sum));
        return counts;
    }

    /** How many alerts each entry of the settings kept from being raised, by file and line. */
    SortedMap<String, Long> suppressedBy() {
        SortedMap<String, Long> counts = new TreeMap<>();
        suppressed.forEach(entry -> counts.merge(entry.alert().allowedBy(), 1L, Long::sum));
        return counts;
    }

    /**
     * How many raised alerts each entry of the settings would have kept from being raised, had it not lapsed; by file
     * and line.
     */
    SortedMap<String, Long> lapsed() {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (AlertLog.Entry entry : alerts) {
            if (!entry.alert().lapsed().isEmpty()) {
                counts.merge(entry.alert().lapsed(), 1L, Long::sum);
            }
        }
        return counts;
    }

    SortedMap<String, Long> byRule() {
        SortedMap<String, Long> counts = new TreeMap<>();
        alerts.forEach(entry -> counts.merge(entry.alert().rule(), 1L, Long::sum));
        return counts;
    }
}
