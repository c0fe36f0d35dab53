package io.tripline.analyze.report.logic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * How a rule decides, and what comes nearest to it in other systems. All of it is plain text, not escaped.
 *
 * @param ruleId as in documents and settings
 * @param logic what the rule does, in sentences, with the thresholds that hold without settings
 * @param sigma a Sigma correlation rule, YAML
 * @param suricata rules for Suricata, one or more lines
 * @param snort rules for Snort 3, one or more lines
 * @param limits what the equivalents cannot express, in sentences; why there is none, where there is none
 */
public record DetectionLogic(
        String ruleId,
        List<String> logic,
        Optional<String> sigma,
        Optional<String> suricata,
        Optional<String> snort,
        List<String> limits) {

    /**
     * The logic of a rule.
     *
     * @throws IllegalArgumentException if there is no rule of this name
     */
    public static DetectionLogic of(String ruleId) {
        if (!ruleId.matches("[a-z]+(-[a-z]+)*")) {
            throw unknown(ruleId);
        }
        List<String> logic = sentences(text(ruleId, "logic.txt").orElseThrow(() -> unknown(ruleId)));
        return new DetectionLogic(
                ruleId,
                logic,
                text(ruleId, "sigma.yml"),
                text(ruleId, "suricata.rules"),
                text(ruleId, "snort.rules"),
                text(ruleId, "limits.txt").map(DetectionLogic::sentences).orElse(List.of()));
    }

    private static IllegalArgumentException unknown(String ruleId) {
        return new IllegalArgumentException("no logic is told of a rule " + ruleId);
    }

    /** A paragraph, which may be broken into lines, is a sentence or a few. */
    private static List<String> sentences(String text) {
        return text.strip()
                .lines()
                .reduce("", (all, line) -> all + (line.isBlank() ? "\n" : line.strip() + " "))
                .lines()
                .map(String::strip)
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
    }

    private static Optional<String> text(String ruleId, String file) {
        try (InputStream in = DetectionLogic.class.getResourceAsStream(ruleId + "/" + file)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
