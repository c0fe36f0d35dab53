package io.tripline.job.program;

import io.tripline.job.kafka.TopicSetup;
import io.tripline.job.program.JobOptions.StateBackend;
import io.tripline.job.settings.yaml.SettingsFile;
import io.tripline.job.stream.JobGraph;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The job as Flink calls it: the main class of an application cluster, or of a jar that was uploaded to a session
 * cluster. Where checkpoints lie and what the job restores from is the cluster's setting. Ends with an exception, never
 * the process: that is the JobManager's.
 *
 * <p>Flink calls it whenever a JobManager starts, also to go on with a job after a failure, and an exception then ends
 * that job for good. So once the job has started, neither settings that have mistakes now nor a Kafka that is away is
 * one.
 */
@Command(name = "JobApplication", description = "Runs on the JobManager of a Flink cluster.")
public final class JobApplication {
    private static final Logger LOG = LoggerFactory.getLogger(JobApplication.class);

    @Mixin
    private JobOptions options = new JobOptions();

    @Option(names = "--name", defaultValue = "tripline", description = "Of the job on the cluster.")
    private String name = "tripline";

    @Option(
            names = "--claim",
            description =
                    "The job takes ownership of the checkpoint it restores from, and deletes it when no longer needed.")
    private boolean claim;

    @Option(
            names = "--settings-copy",
            paramLabel = "URI",
            description = "Folder for a copy of the last valid settings, used while later ones are invalid."
                    + " Default: with high-availability.storageDir, or else with checkpoints.")
    private @Nullable String copies;

    /**
     * Builds the job and starts it.
     *
     * @throws Exception with a message for people where settings are wrong and there are none of an earlier start
     */
    public static void main(String[] arguments) throws Exception {
        of(arguments).start();
    }

    static JobApplication of(String... arguments) {
        JobApplication application = new JobApplication();
        new CommandLine(application).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return application;
    }

    private void start() throws Exception {
        Configuration configuration = options.configuration(StateBackend.ROCKSDB, null, null);
        if (claim) {
            // Flink's start script has no option for it, and overwrites what the cluster's settings say.
            configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        Configuration cluster = new Configuration();
        cluster.addAll((Configuration) environment.getConfiguration());
        Prepared prepared = prepare(copies == null ? LastGood.beside(cluster, name) : new LastGood(copies));
        if (prepared.refused()) {
            environment.getConfig().setGlobalJobParameters(JobGraph.parameters(true));
        }
        prepared.job().start(environment, name);
        prepared.started();
    }

    /**
     * What is to be started.
     *
     * @param refused whether the settings of now have mistakes, and those of the last start hold
     * @param begun what there is to do once it is
     */
    record Prepared(LiveJob job, boolean refused, Runnable begun) {
        void started() {
            begun.run();
        }
    }

    /**
     * Reads settings; where they have mistakes, those with which the job started last. A Kafka that is away is waited
     * for by the job itself.
     *
     * @param lastGood null where nothing is kept
     * @throws UserError if the settings have mistakes and the job never started before
     */
    Prepared prepare(@Nullable LastGood lastGood) {
        SettingsFile file;
        boolean refused = false;
        try {
            file = options.file();
        } catch (UserError e) {
            file = lastGood(e, lastGood);
            refused = true;
        }
        Settings settings = options.settings(file);
        try {
            TopicSetup.check(settings.kafka()).ifPresent(LOG::warn);
        } catch (TopicSetup.Unavailable e) {
            LOG.warn("{}; the job starts anyway and keeps trying", e.getMessage());
        }
        SettingsFile read = file;
        Path config = options.config();
        Runnable begun = refused || lastGood == null || config == null ? () -> {} : () -> keep(lastGood, config, read);
        return new Prepared(options.job(settings), refused, begun);
    }

    private static SettingsFile lastGood(UserError mistakes, @Nullable LastGood lastGood) {
        try {
            SettingsFile kept = lastGood == null ? null : lastGood.read();
            if (kept == null || !kept.mistakes().isEmpty()) {
                throw mistakes;
            }
            mistakes.lines().forEach(LOG::error);
            LOG.error(
                    "the settings are invalid: the job continues with those of its last start, kept in {};"
                            + " changes since then are NOT in effect",
                    lastGood);
            return kept;
        } catch (IOException e) {
            LOG.error("the settings of the last start cannot be read from {}", lastGood, e);
            throw mistakes;
        }
    }

    private static void keep(LastGood lastGood, Path config, SettingsFile read) {
        try {
            lastGood.keep(config, read);
        } catch (IOException e) {
            LOG.warn(
                    "no copy of the settings is kept in {}: if they become invalid, a JobManager cannot restart",
                    lastGood,
                    e);
        }
    }
}
