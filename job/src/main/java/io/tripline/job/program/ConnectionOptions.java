package io.tripline.job.program;

import io.tripline.job.kafka.KafkaSettings;
import io.tripline.job.kafka.Topics;
import io.tripline.job.settings.yaml.Mistake;
import io.tripline.job.settings.yaml.SettingsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what the settings are and where Kafka is. */
final class ConnectionOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Settings; without it the built-in defaults.")
    private @Nullable Path config;

    @Option(
            names = "--brokers",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "Kafka; goes before kafka.brokers of the settings. Without either localhost:9092.")
    private List<String> brokers = List.of();

    @Option(
            names = "--topic-prefix",
            paramLabel = "NAME",
            description = "Topics are called NAME.packets, NAME.alerts and so on; goes before kafka.topics.")
    private @Nullable String topicPrefix;

    /**
     * Reads the settings.
     *
     * @throws UserError if anything in the file is wrong: all of that at once, one line each
     */
    Settings read() {
        SettingsFile file = config == null ? SettingsFile.NONE : open(config);
        if (!file.mistakes().isEmpty()) {
            throw new UserError(
                    ExitStatus.USAGE,
                    file.mistakes().stream().map(Mistake::toString).toList());
        }
        try {
            KafkaSettings kafka = file.kafka();
            if (!brokers.isEmpty()) {
                kafka = kafka.withBrokers(brokers);
            }
            if (topicPrefix != null) {
                kafka = kafka.withTopics(Topics.of(topicPrefix));
            }
            return new Settings(file.settings(), kafka, file.elastic());
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitStatus.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static SettingsFile open(Path file) {
        try {
            return SettingsFile.read(file, LocalDate.now(ZoneOffset.UTC));
        } catch (IOException e) {
            throw new UserError(ExitStatus.INPUT_OUTPUT, "cannot read settings: " + e, e);
        }
    }
}
