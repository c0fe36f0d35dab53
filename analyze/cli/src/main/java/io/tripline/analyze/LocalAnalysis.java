package io.tripline.analyze;

import io.tripline.rules.JobSettings;
import io.tripline.rules.LocalAlerts;
import io.tripline.rules.RuleShard;
import io.tripline.rules.ShardedRules;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.engine.Late;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Runs the rules over a run's captures in this process, without an engine. */
final class LocalAnalysis {
    private LocalAnalysis() {}

    /**
     * Runs to the end of the captures.
     *
     * @param threads how many judge
     * @throws BatchQueue.CaptureFailure if reading the captures failed
     */
    static void execute(AnalysisRun run, JobSettings settings, int threads) throws Exception {
        Results results = run.results();
        try (ShardedRules rules =
                new ShardedRules(settings, threads, () -> new Found(settings, results), new Traffic(results))) {
            for (PacketBatch batch = run.queue().take();
                    batch != null;
                    batch = run.queue().take()) {
                rules.add(batch);
            }
            rules.finish();
        }
    }

    /** What one thread finds. */
    private static final class Found implements RuleShard.Output {
        private final LocalAlerts alerts;
        private final Results results;

        Found(JobSettings settings, Results results) {
            this.results = results;
            alerts = new LocalAlerts(settings, this::tell);
        }

        private void tell(Alert alert) {
            try {
                if (alert.suppressed()) {
                    results.addSuppressed(alert);
                } else {
                    results.add(alert);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void finding(Finding finding) {
            alerts.add(finding);
        }

        @Override
        public void late(Late late) {
            results.addLate(late);
        }
    }

    /** What is counted beside. */
    private record Traffic(Results results) implements ShardedRules.Traffic {
        @Override
        public void minute(TrafficMinute minute) {
            results.add(minute);
        }

        @Override
        public void event(IndicatorEvent event) {
            results.add(event);
        }
    }
}
