package io.tripline.analyze;

import io.tripline.rules.JobSettings;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;

/** What runs the rules over captures. */
enum Engine {
    /** The rules' own hosts, with a thread for each share of the subjects. */
    DIRECT {
        @Override
        void execute(AnalysisRun run, JobSettings settings, int threads) throws Exception {
            LocalAnalysis.execute(run, settings, threads);
        }
    },
    /** The job of a cluster, on a Flink in this process. */
    FLINK {
        @Override
        void execute(AnalysisRun run, JobSettings settings, int threads) throws Exception {
            FlinkAnalysis.execute(run, settings, threads);
        }
    };

    /**
     * The engine of a name on the command line.
     *
     * @throws UserError if there is none
     */
    static Engine of(String name) {
        return switch (name) {
            case "direct" -> DIRECT;
            case "flink" -> FLINK;
            default ->
                throw new UserError(
                        ExitStatus.USAGE, "--engine: " + Terminal.safe(name) + " is not one of direct, flink");
        };
    }

    /**
     * Runs to the end of the captures.
     *
     * @param threads how many judge
     */
    abstract void execute(AnalysisRun run, JobSettings settings, int threads) throws Exception;
}
