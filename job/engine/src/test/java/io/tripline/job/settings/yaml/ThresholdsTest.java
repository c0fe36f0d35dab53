package io.tripline.job.settings.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.Rules;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.ThresholdText;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every threshold of every rule: what it cannot be is told with file, line, key, what it must be, and its default. */
class ThresholdsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @TempDir
    private Path folder;

    /** One threshold, and a value that it cannot have. */
    record Bad(Rule<?> rule, RecordComponent component, String value) {
        String key() {
            return ThresholdText.key(component.getName());
        }

        @Override
        public String toString() {
            return rule.id() + " " + key() + ": " + value;
        }
    }

    private static Stream<Bad> each(String number, String percent, String duration) {
        return Rules.ALL.stream()
                .flatMap(rule -> Arrays.stream(rule.defaults().getClass().getRecordComponents())
                        // Entries of a list are groups of keys of their own, see LimitSettingsTest.
                        .filter(component -> component.getType() != List.class)
                        .map(component -> new Bad(
                                rule,
                                component,
                                component.getType() == Duration.class
                                        ? duration
                                        : component.getName().endsWith("Percent") ? percent : number)));
    }

    static Stream<Bad> tooSmall() {
        return each("-1", "-1", "999ms");
    }

    static Stream<Bad> tooLarge() {
        return each("999999999999999999", "101", "3650d");
    }

    static Stream<Bad> justBelow() {
        // A share may be 0 where it is one of what is answered, packets where any is too many.
        return each("0", "0", "1ms")
                .filter(bad ->
                        !List.of("answered-percent", "packets", "most-packets").contains(bad.key()));
    }

    @ParameterizedTest
    @MethodSource({"tooSmall", "tooLarge", "justBelow"})
    void shouldTellOfAThresholdThatCannotBe(Bad bad) throws IOException {
        String text = """
                # settings
                rules:
                  %s:
                    enabled: true
                    %s: %s
                """.formatted(bad.rule().id(), bad.key(), bad.value());

        assertThat(mistakes(text))
                .singleElement()
                .satisfies(told -> assertThat(told)
                        .startsWith("s.yaml:5: rules." + bad.rule().id() + "." + bad.key() + ": ")
                        .contains("must be ")
                        .endsWith(
                                " (default " + ThresholdText.written(bad.rule().defaults(), bad.component()) + ")"));
    }

    @Test
    void shouldTellOfAllThatIsWrongWithARule() throws IOException {
        for (Rule<?> rule : Rules.ALL) {
            List<Bad> all = tooLarge().filter(bad -> bad.rule() == rule).toList();
            String text = "rules:\n  " + rule.id() + ":\n"
                    + all.stream()
                            .map(bad -> "    " + bad.key() + ": " + bad.value() + "\n")
                            .collect(Collectors.joining());

            List<String> told = mistakes(text);

            for (int i = 0; i < all.size(); i++) {
                String start = "s.yaml:" + (i + 3) + ": rules." + rule.id() + "."
                        + all.get(i).key() + ": ";
                assertThat(told).as(text).anyMatch(mistake -> mistake.startsWith(start));
            }
        }
    }

    @Test
    void shouldTellOfAThresholdThatDoesNotGoWithAnotherThatIsWritten() throws IOException {
        assertThat(mistakes("""
                        rules:
                          dns-tunnel:
                            window: 10m
                            slow-window: 5m
                        """))
                .containsExactly("s.yaml:4: rules.dns-tunnel.slow-window: 5m, must be at least 10m, the value of window"
                        + " (default 30m)");
    }

    @Test
    void shouldTellOfAThresholdThatDoesNotGoWithTheDefaultOfAnother() throws IOException {
        assertThat(mistakes("""
                        rules:
                          syn-flood:
                            rate: 100
                        """))
                .containsExactly("s.yaml:3: rules.syn-flood.rate: does not go with the default of persistent-rate: 150,"
                        + " must be at most 100, the value of rate; write persistent-rate as well, or another rate");
    }

    private List<String> mistakes(String text) throws IOException {
        Path file = folder.resolve("s.yaml");
        Files.writeString(file, text);
        return SettingsFile.read(file, TODAY).mistakes().stream()
                .map(Object::toString)
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }
}
