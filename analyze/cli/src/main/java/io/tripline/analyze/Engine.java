package io.tripline.analyze;

import io.tripline.rules.JobSettings;

/** What runs the rules over captures. Named as on the command line. */
enum Engine {
    /** The rules' own hosts, with a thread for each share of the subjects. */
    direct {
        @Override
        void execute(AnalysisRun run, JobSettings settings, int threads) throws Exception {
            LocalAnalysis.execute(run, settings, threads);
        }
    },
    /** The job of a cluster, on a Flink in this process. */
    flink {
        @Override
        void execute(AnalysisRun run, JobSettings settings, int threads) throws Exception {
            FlinkAnalysis.execute(run, settings, threads);
        }
    };

    /**
     * Runs to the end of the captures.
     *
     * @param threads how many judge
     */
    abstract void execute(AnalysisRun run, JobSettings settings, int threads) throws Exception;
}
