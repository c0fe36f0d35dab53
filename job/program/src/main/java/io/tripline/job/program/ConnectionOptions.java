package io.tripline.job.program;

import io.tripline.job.kafka.KafkaSettings;
import io.tripline.job.kafka.Topics;
import io.tripline.job.settings.yaml.Mistake;
import io.tripline.job.settings.yaml.SettingsFile;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Options that say what the settings are and where Kafka is. */
final class ConnectionOptions {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionOptions.class);

    @Option(names = "--config", paramLabel = "FILE", description = "Settings file. Default: the built-in settings.")
    private @Nullable Path config;

    @Option(
            names = "--brokers",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "Kafka brokers; overrides kafka.brokers in the settings. Default: localhost:9092.")
    private List<String> brokers = List.of();

    @Option(
            names = "--topic-prefix",
            paramLabel = "NAME",
            description = "Prefix of topics, as in NAME.packets and NAME.alerts; overrides kafka.topics.")
    private @Nullable String topicPrefix;

    private @Nullable String text;
    private @Nullable SettingsFile file;

    /** Takes from an earlier submission what is not said. */
    void keep(Submission earlier) {
        String earlierConfig = earlier.get(Submission.CONFIG);
        if (config == null && earlierConfig != null) {
            config = Path.of(earlierConfig);
        }
        String earlierBrokers = earlier.get(Submission.BROKERS);
        if (brokers.isEmpty() && earlierBrokers != null) {
            brokers = List.of(earlierBrokers.split(",", -1));
        }
        if (topicPrefix == null) {
            topicPrefix = earlier.get(Submission.TOPIC_PREFIX);
        }
    }

    /** Holds for this text what would hold for that of the file. */
    void pretend(@Nullable String earlierText) {
        text = earlierText;
    }

    boolean saysConfig() {
        return config != null;
    }

    /** With what is said here, for the next update. */
    Submission told(Submission submission) {
        return submission
                .with(
                        Submission.CONFIG,
                        config == null
                                ? null
                                : config.toAbsolutePath().normalize().toString())
                .with(Submission.BROKERS, brokers.isEmpty() ? null : String.join(",", brokers))
                .with(Submission.TOPIC_PREFIX, topicPrefix)
                .with(Submission.SETTINGS, text());
    }

    private @Nullable String text() {
        try {
            return text != null || config == null ? text : Files.readString(config);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads the settings.
     *
     * @throws UserError if anything in the file is wrong: all of that at once, one line each
     */
    Settings read() {
        return settings(file());
    }

    /** The file that holds the settings; null where there is none. */
    @Nullable
    Path config() {
        return config;
    }

    /**
     * Reads the file alone.
     *
     * @throws UserError if anything in it is wrong
     */
    SettingsFile file() {
        SettingsFile known = file;
        if (known == null) {
            known = config == null ? SettingsFile.NONE : open(config, text);
            file = known;
        }
        if (!known.mistakes().isEmpty()) {
            throw new UserError(
                    ExitStatus.USAGE,
                    known.mistakes().stream().map(Mistake::toString).toList());
        }
        return known;
    }

    /** What a file says with what options say in place of it. */
    Settings settings(SettingsFile read) {
        read.lapsed().forEach(entry -> LOG.warn("{}; what it allowed is raised", entry));
        try {
            KafkaSettings kafka = read.kafka();
            if (!brokers.isEmpty()) {
                kafka = kafka.withBrokers(brokers);
            }
            if (topicPrefix != null) {
                kafka = kafka.withTopics(Topics.of(topicPrefix));
            }
            return new Settings(read.settings(), kafka, read.elastic());
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitStatus.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static SettingsFile open(Path file, @Nullable String text) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        try {
            return text == null ? SettingsFile.read(file, today) : SettingsFile.of(text, file, today);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static UserError unreadable(IOException e) {
        return new UserError(ExitStatus.INPUT_OUTPUT, "cannot read settings: " + e, e);
    }
}
