package io.tripline.job.settings.yaml;

import io.tripline.job.elastic.ElasticSettings;
import io.tripline.job.kafka.KafkaSettings;
import io.tripline.rules.JobSettings;
import io.tripline.rules.intel.IntelCounts;
import io.tripline.shell.yaml.YamlNode;
import io.tripline.shell.yaml.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A settings file as it was read.
 *
 * @param settings what it sets for the rules; where there are mistakes, what is right of it
 * @param kafka how the job reaches Kafka
 * @param elastic how the job reaches Elasticsearch; null where it does not
 * @param mistakes all that is wrong, by line
 * @param lapsed entries that no longer hold, by line; no reason not to start
 * @param lists the files that it names, by the text that names them
 * @param intel what loading each list gave
 */
public record SettingsFile(
        JobSettings settings,
        KafkaSettings kafka,
        @Nullable ElasticSettings elastic,
        List<Mistake> mistakes,
        List<Mistake> lapsed,
        Map<String, Path> lists,
        List<IntelCounts> intel) {
    private static final int DEPTH = 20;

    /** What holds without a file. */
    public static final SettingsFile NONE = new SettingsFile(
            JobSettings.DEFAULT, KafkaSettings.DEFAULT, null, List.of(), List.of(), Map.of(), List.of());

    /**
     * Reads a file.
     *
     * @param today entries whose last day is before it have lapsed
     * @throws IOException if it cannot be read
     */
    public static SettingsFile read(Path file, LocalDate today) throws IOException {
        return read(file, today, file::resolveSibling);
    }

    /**
     * Reads a file whose lists lie elsewhere.
     *
     * @param lists where a list lies, by the text that names it
     * @throws IOException if it cannot be read
     */
    public static SettingsFile read(Path file, LocalDate today, Function<String, Path> lists) throws IOException {
        Mistakes mistakes = new Mistakes(Mistakes.shown(file.toString(), 300));
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(YamlTree.CHARACTERS + 1);
        }
        if (bytes.length > YamlTree.CHARACTERS) {
            mistakes.add(
                    1,
                    "",
                    "is larger than " + YamlTree.CHARACTERS + " bytes; put lists of addresses into separate files,"
                            + " see key intel");
            return unread(mistakes);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            mistakes.add(1, "", "is not UTF-8; store it in that encoding");
            return unread(mistakes);
        }
        return read(text, file, today, lists, mistakes);
    }

    /**
     * What a text says that stood in a file earlier.
     *
     * @param file where it stood: what it names is sought beside it
     */
    public static SettingsFile of(String text, Path file, LocalDate today) {
        return read(text, file, today, file::resolveSibling, new Mistakes(Mistakes.shown(file.toString(), 300)));
    }

    private static SettingsFile read(
            String text, Path file, LocalDate today, Function<String, Path> lists, Mistakes mistakes) {
        YamlNode root = YamlTree.read(text, DEPTH, mistakes::add);
        if (root == null) {
            if (mistakes.isEmpty()) {
                mistakes.add(1, "", "is empty; to run without settings, omit the option");
            }
            return unread(mistakes);
        }
        SettingsReader reader = new SettingsReader(file, today, lists, mistakes);
        JobSettings settings = reader.read(root);
        return new SettingsFile(
                settings,
                reader.kafka(),
                reader.elastic(),
                mistakes.all(),
                reader.lapsed(),
                reader.lists(),
                reader.intelCounts());
    }

    private static SettingsFile unread(Mistakes mistakes) {
        return new SettingsFile(
                JobSettings.DEFAULT, KafkaSettings.DEFAULT, null, mistakes.all(), List.of(), Map.of(), List.of());
    }
}
