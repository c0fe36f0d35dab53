package io.tripline.analyze.report.prose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripline.schemas.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The section in words, as {@code ai-summary.json} keeps it.
 *
 * @param model who wrote it
 * @param asked when, wall clock
 * @param reportSha256 of the {@code report.json} that it is about
 * @param sent the figures that the model was given, as they were sent
 * @param answer what of its answer may stand
 */
public record Prose(String model, String asked, String reportSha256, String sent, Answer answer) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int LONGEST_FILE = 1_000_000;

    /**
     * Asks a model.
     *
     * @param figures that it may be told
     * @throws ProseFailure if it gives no text
     */
    public static Prose ask(Endpoint endpoint, String figures, Exclusions exclusions, String reportSha256)
            throws ProseFailure {
        String sent = exclusions.replace(figures);
        Answer answer = Answer.of(endpoint.ask(sent), Numbers.of(sent));
        return new Prose(
                SafeText.of(endpoint.model(), 100),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                reportSha256,
                sent,
                answer);
    }

    /** Writes it into a new file. */
    public void write(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("model", model).put("asked", asked).put("report_sha256", reportSha256);
        answer.paragraphs().forEach(root.putArray("paragraphs")::add);
        root.put("sentences", answer.sentences())
                .put("wrong_numbers", answer.wrongNumbers())
                .put("wrong_form", answer.wrongForm())
                .put("cut", answer.cut())
                .put("sent", sent);
        Files.writeString(file, JSON.writeValueAsString(root) + "\n");
    }

    /**
     * Reads it again. Somebody may have changed the file: its text is held against the figures once more.
     *
     * @param figures all of {@code report.json}
     * @throws ProseFailure if it is no such file, or about another {@code report.json}
     */
    public static Prose read(Path file, String figures, String reportSha256) throws IOException, ProseFailure {
        if (Files.size(file) > LONGEST_FILE) {
            throw new ProseFailure("it is longer than " + LONGEST_FILE + " bytes");
        }
        JsonNode root;
        try {
            root = JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new ProseFailure("it is not valid JSON");
        }
        if (!root.path("report_sha256").asText().equals(reportSha256)) {
            throw new ProseFailure("it is about another report.json");
        }
        List<String> paragraphs = new ArrayList<>();
        root.path("paragraphs").forEach(paragraph -> paragraphs.add(paragraph.asText()));
        Answer kept = Answer.of(String.join("\n", paragraphs), Numbers.of(figures));
        Answer answer = new Answer(
                kept.paragraphs(),
                root.path("sentences").asLong(),
                root.path("wrong_numbers").asLong() + kept.wrongNumbers(),
                root.path("wrong_form").asLong() + kept.wrongForm(),
                root.path("cut").asBoolean());
        return new Prose(
                SafeText.of(root.path("model").asText(), 100),
                SafeText.of(root.path("asked").asText(), 40),
                reportSha256,
                root.path("sent").asText(),
                answer);
    }

    /** Who wrote it and what was left out. */
    public String note() {
        StringBuilder note = new StringBuilder("Written by the language model ")
                .append(model)
                .append(" (")
                .append(asked)
                .append(
                        ") from figures of this report. Each number in it is one of these figures; its conclusions are not verified.");
        long left = answer.wrongNumbers() + answer.wrongForm();
        if (left > 0) {
            note.append(String.format(
                    Locale.ROOT,
                    " Left out: %,d of %,d sentences (%,d with a number that is not among the figures, %,d with links, markup or foreign scripts).",
                    left,
                    answer.sentences(),
                    answer.wrongNumbers(),
                    answer.wrongForm()));
        }
        if (answer.cut()) {
            note.append(" The rest of a very long response was not read.");
        }
        return note.toString();
    }
}
