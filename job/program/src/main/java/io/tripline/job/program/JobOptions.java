package io.tripline.job.program;

import io.tripline.job.kafka.Delivery;
import io.tripline.job.kafka.KafkaBatches.From;
import io.tripline.job.settings.yaml.SettingsFile;
import io.tripline.job.stream.JobGraph;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a job that is started, wherever it runs. */
final class JobOptions {
    static final int CHECKPOINTS_KEPT = 2;

    private static final int CHECKPOINT_SECONDS = 5;

    /** Where what the rules remember lies. */
    enum StateBackend {
        /** On disk, as much as fits there. */
        ROCKSDB,
        /** In memory, faster. */
        HASHMAP
    }

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--from",
            description =
                    "Where to read from without a checkpoint or savepoint: ${COMPLETION-CANDIDATES}. Default: earliest.")
    private @Nullable From from;

    @Option(
            names = "--until-now",
            description =
                    "Read to what is the end of the topic at the start, close all incidents, and exit. Restores no state; alerts hold no wall-clock time.")
    private boolean untilNow;

    @Option(
            names = "--delivery",
            description = "Delivery guarantee of alerts in Kafka: ${COMPLETION-CANDIDATES}; overrides kafka.delivery.")
    private @Nullable Delivery delivery;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "SECONDS",
            description = "Default: " + CHECKPOINT_SECONDS + ".")
    private @Nullable Integer checkpointSeconds;

    @Option(names = "--state-backend", description = "${COMPLETION-CANDIDATES}.")
    private @Nullable StateBackend stateBackend;

    /** As options say it. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Takes from an earlier submission what is not said. */
    void keep(Submission earlier) {
        connection.keep(earlier);
        from = from == null ? value(From.class, earlier.get(Submission.FROM)) : from;
        delivery = delivery == null ? value(Delivery.class, earlier.get(Submission.DELIVERY)) : delivery;
        stateBackend =
                stateBackend == null ? value(StateBackend.class, earlier.get(Submission.STATE_BACKEND)) : stateBackend;
        String seconds = earlier.get(Submission.CHECKPOINT_INTERVAL);
        if (checkpointSeconds == null && seconds != null) {
            checkpointSeconds = Integer.valueOf(seconds);
        }
    }

    private static <E extends Enum<E>> @Nullable E value(Class<E> type, @Nullable String name) {
        return name == null ? null : Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }

    ConnectionOptions connection() {
        return connection;
    }

    StateBackend stateBackend(StateBackend usual) {
        return stateBackend == null ? usual : stateBackend;
    }

    private int checkpointSeconds() {
        return checkpointSeconds == null ? CHECKPOINT_SECONDS : checkpointSeconds;
    }

    /** What is said here, for the next update. */
    Submission told(StateBackend usual) {
        return connection
                .told(new Submission(new TreeMap<>()))
                .with(Submission.FROM, from == null ? null : name(from))
                .with(Submission.DELIVERY, delivery == null ? null : name(delivery))
                .with(Submission.STATE_BACKEND, name(stateBackend(usual)))
                .with(Submission.CHECKPOINT_INTERVAL, Integer.toString(checkpointSeconds()));
    }

    /** The settings with what options say in place of them. */
    Settings settings() {
        return settings(file());
    }

    /** The file that holds the settings; null where there is none. */
    @Nullable
    Path config() {
        return connection.config();
    }

    /** The settings file alone. */
    SettingsFile file() {
        return connection.file();
    }

    /** What a file says with what options say in place of it. */
    Settings settings(SettingsFile file) {
        if (checkpointSeconds() < 1) {
            throw new UserError(ExitStatus.USAGE, "--checkpoint-interval must be 1 second or more");
        }
        Settings read = connection.settings(file);
        return delivery == null
                ? read
                : new Settings(read.rules(), read.kafka().withDelivery(delivery), read.elastic());
    }

    /** How old the last checkpoint is at most where all is well: several may take long, or fail. */
    Duration oldestCheckpoint() {
        return Duration.ofSeconds(Math.max(300, 10L * checkpointSeconds()));
    }

    boolean untilNow() {
        return untilNow;
    }

    LiveJob job(Settings settings) {
        return new LiveJob(settings, from == null ? From.EARLIEST : from, untilNow);
    }

    /**
     * How Flink is to run the job.
     *
     * @param folder for checkpoints and savepoints; null where the cluster's own setting holds
     * @param resume checkpoint or savepoint to go on from
     */
    Configuration configuration(StateBackend usual, @Nullable String folder, @Nullable String resume) {
        Configuration configuration = JobGraph.configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, name(stateBackend(usual)));
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(checkpointSeconds()));
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(10));
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, CHECKPOINTS_KEPT);
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        if (folder != null) {
            configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder + "/checkpoints");
            configuration.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, folder + "/savepoints");
        }
        if (resume != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, resume);
        }
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofSeconds(1));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(30));
        return configuration;
    }
}
