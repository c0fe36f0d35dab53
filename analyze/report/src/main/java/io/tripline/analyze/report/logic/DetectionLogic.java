package io.tripline.analyze.report.logic;

import io.tripline.rules.Rules;
import io.tripline.rules.engine.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a rule decides, and what comes nearest to it in other systems. All of it is plain text, not escaped.
 *
 * @param ruleId as in documents and settings
 * @param logic what the rule does, in paragraphs, with the thresholds that hold without settings
 * @param sigma a Sigma correlation rule, YAML
 * @param suricata rules for Suricata, one or more lines
 * @param snort rules for Snort 3, one or more lines
 * @param limits what the equivalents cannot express, in paragraphs; why there is none, where there is none
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
        Rule<?> rule = Rules.find(ruleId);
        if (rule == null) {
            throw new IllegalArgumentException("no rule is called " + ruleId);
        }
        DefaultThresholds thresholds = new DefaultThresholds(rule);
        return new DetectionLogic(
                ruleId,
                text(rule, "logic.txt")
                        .map(thresholds::intoProse)
                        .map(DetectionLogic::paragraphs)
                        .orElse(List.of()),
                text(rule, "sigma.yml").map(thresholds::intoRules),
                text(rule, "suricata.rules").map(thresholds::intoRules),
                text(rule, "snort.rules").map(thresholds::intoRules),
                text(rule, "limits.txt")
                        .map(thresholds::intoProse)
                        .map(DetectionLogic::paragraphs)
                        .orElse(List.of()));
    }

    /** Paragraphs are apart by empty lines, and may be broken into lines. */
    private static List<String> paragraphs(String text) {
        return Arrays.stream(text.split("\n\\s*\n"))
                .map(paragraph -> paragraph.replaceAll("\\s+", " ").strip())
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
    }

    /** A rule's texts lie beside its thresholds. */
    private static Optional<String> text(Rule<?> rule, String file) {
        try (InputStream in = rule.defaults().getClass().getResourceAsStream(file)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the program cannot be read", e);
        }
    }
}
