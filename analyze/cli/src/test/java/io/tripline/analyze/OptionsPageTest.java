package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The page about {@code tripline analyze} has a place for each option that the command has, and for no other. */
class OptionsPageTest {
    private static final Path PAGE = Path.of("../..", "docs", "analyze.md");
    private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)(?: [A-Z]+)?`");

    @Test
    void shouldListEveryOption() throws IOException {
        Set<String> options = new TreeSet<>();
        for (OptionSpec option :
                new CommandLine(new AnalyzeCommand()).getCommandSpec().options()) {
            options.add(option.longestName());
        }
        options.add("--debug"); // the program's, for all its commands
        List<String> rows = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" \\| ", 2)[0])
                .toList();
        Set<String> listed = OPTION.matcher(String.join("\n", rows))
                .results()
                .map(option -> option.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).isEqualTo(options);
    }
}
