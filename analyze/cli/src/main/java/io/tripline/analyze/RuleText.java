package io.tripline.analyze;

import io.tripline.rules.JobSettings;
import io.tripline.rules.Rules;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.ThresholdText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What there is to say about a rule: its description, its thresholds as they are set, and the sections of its page. */
final class RuleText {
    private static final List<String> SECTIONS = List.of("sees", "decides", "cannot see", "tun");

    private RuleText() {}

    static <S extends Record> void print(Rule<S> rule, JobSettings settings, PrintWriter out) {
        RuleDescription about = Rules.CATALOGUE.rule(rule.id());
        out.println(about.name() + " (" + rule.id() + ")");
        out.println(about.description());
        out.println("ATT&CK " + RulesCommand.attack(about) + ", severity "
                + RulesCommand.severity(about, settings) + ", "
                + RulesCommand.state(rule, settings));
        out.println();
        out.println("Thresholds (rules: " + rule.id() + ":)");
        S thresholds = settings.thresholds(rule);
        for (RecordComponent component : thresholds.getClass().getRecordComponents()) {
            String set = ThresholdText.written(thresholds, component);
            String normal = ThresholdText.written(rule.defaults(), component);
            out.printf(
                    Locale.ROOT,
                    "  %-24s %s%s%n",
                    ThresholdText.key(component.getName()),
                    set,
                    set.equals(normal) ? "" : " (default " + normal + ")");
        }
        String page = page(rule.id());
        for (String section : page.split("(?m)^## ", -1)) {
            String heading = section.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
            boolean wanted =
                    section.length() < page.length() && SECTIONS.stream().anyMatch(heading::contains);
            if (wanted) {
                out.println();
                out.println(section.strip());
            }
        }
        out.println();
        out.println("More: docs/detections/" + rule.id() + ".md");
    }

    /** The page about a rule, as it stands in the documentation; empty where there is none. */
    static String page(String id) {
        try (InputStream in = RuleText.class.getResourceAsStream("/io/tripline/docs/detections/" + id + ".md")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the program cannot be read", e);
        }
    }
}
