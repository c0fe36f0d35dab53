package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.ThresholdText;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about settings has every threshold of every rule, with its default and what its record says about it. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("../..", "docs", "settings.md");
    private static final Path SOURCES = Path.of("../..", "job", "rules", "src", "main", "java");
    private static final Pattern PLACE =
            Pattern.compile("(<!-- thresholds: checked by SettingsPageTest -->\n).*?(<!-- end -->)", Pattern.DOTALL);

    @Test
    void shouldHaveEveryThreshold() throws IOException {
        StringBuilder table = new StringBuilder("| rule | key | default | holds |\n| --- | --- | --- | --- |\n");
        for (Rule<?> rule : RulesCommand.sorted()) {
            for (RecordComponent component : rule.defaults().getClass().getRecordComponents()) {
                table.append("| `").append(rule.id()).append("` | `").append(ThresholdText.key(component.getName()));
                table.append("` | `")
                        .append(ThresholdText.written(rule.defaults(), component))
                        .append("` | ");
                table.append(meaning(rule, component.getName())).append(" |\n");
            }
        }
        String page = Files.readString(PAGE);
        Matcher place = PLACE.matcher(page);
        assertThat(place.find()).isTrue();
        String right = page.substring(0, place.end(1)) + table + page.substring(place.start(2));
        Path written = Files.createDirectories(Path.of("target")).resolve("settings.md");
        Files.writeString(written, right);

        assertThat(page)
                .as("what it should be is in analyze/cli/target/settings.md")
                .isEqualTo(right);
    }

    /** What the record's Javadoc says about a component. */
    private static String meaning(Rule<?> rule, String component) throws IOException {
        Class<?> type = rule.defaults().getClass().getEnclosingClass();
        String source = Files.readString(SOURCES.resolve(type.getName().replace('.', '/') + ".java"));
        int end = source.indexOf("public record " + rule.defaults().getClass().getSimpleName() + "(");
        String javadoc = source.substring(source.lastIndexOf("/**", end), end);
        Matcher param = Pattern.compile(
                        "@param " + component + " (.*?)(?=\\n\\s*\\* @param|\\n\\s*\\*/)", Pattern.DOTALL)
                .matcher(javadoc);
        assertThat(param.find()).as("@param %s of %s", component, type).isTrue();
        return param.group(1)
                .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .strip();
    }
}
