package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.ThresholdText;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every rule has a page that tells the same things in the same order, with its thresholds as they are written in
 * settings.
 */
class DetectionPagesTest {
    private static final Path LIST = Path.of("../..", "docs", "rules.md");
    private static final Path PAGES = Path.of("../..", "docs", "detections");

    @TestFactory
    Stream<DynamicTest> shouldTellAllThatThereIsToKnow() {
        return RulesCommand.sorted().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.id(), () -> {
                    assertThat(Files.readString(PAGES.resolve(rule.id() + ".md")))
                            .startsWith("# ")
                            .containsSubsequence(
                                    "(`" + rule.id() + "`)\n",
                                    "\n## What it sees\n",
                                    "\n## How it decides\n",
                                    "\n## What it cannot see\n",
                                    "\n## How to tune\n",
                                    written(rule),
                                    "\n## What to do when it fires\n",
                                    "\n## Memory\n");
                }));
    }

    @Test
    void shouldBeLinkedFromTheListOfRules() throws IOException {
        assertThat(Files.readString(LIST))
                .contains(RulesCommand.sorted().stream()
                        .map(rule -> "| [`" + rule.id() + "`](detections/" + rule.id() + ".md) | ")
                        .toList());
    }

    /** The rule's defaults as they stand in a settings file. */
    private static String written(Rule<?> rule) {
        StringBuilder yaml = new StringBuilder("```yaml\nrules:\n  " + rule.id() + ":\n");
        for (RecordComponent component : rule.defaults().getClass().getRecordComponents()) {
            yaml.append("    ").append(ThresholdText.key(component.getName())).append(": ");
            yaml.append(ThresholdText.written(rule.defaults(), component)).append('\n');
        }
        return yaml.append("```\n").toString();
    }
}
