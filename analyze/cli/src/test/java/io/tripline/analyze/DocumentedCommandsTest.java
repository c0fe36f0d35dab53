package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands ({@code ./tripline analyze}, {@code report} and {@code rules} in a {@code sh} block) of the documentation
 * end as it says; links lead to files. What needs servers is run by the tests of the local stack.
 */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern COMMAND = Pattern.compile(
            "^\\./tripline ((?:analyze|report|rules) .*?)(?: +#.*?(?:exit status (\\d+))?)?$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");

    @TempDir
    private Path work;

    @Test
    void shouldEndAsDocumented() throws IOException {
        List<MatchResult> commands = new ArrayList<>();
        for (Path page : pages()) {
            BLOCK.matcher(Files.readString(page))
                    .results()
                    .forEach(block -> COMMAND.matcher(block.group(1)).results().forEach(commands::add));
        }
        assertThat(commands).isNotEmpty();
        for (MatchResult command : commands) {
            List<String> arguments = new ArrayList<>(List.of(command.group(1)
                    .replaceAll("--out \\S+", "")
                    .replaceAll("(?<=\\s)samples", "../../samples")
                    .replaceAll("(?<=^report )\\S+", work.resolve("out").toString())
                    .replaceAll("\"([^\"]*) ([^\"]*)\"", "$1_$2")
                    .split(" +")));
            if (arguments.get(0).equals("analyze")) {
                arguments.addAll(List.of("--out", work.resolve("out").toString()));
            }
            Run run = Run.tripline(work, arguments.toArray(String[]::new));
            assertThat(run.status())
                    .as("%s%n%s", command.group(), run.err())
                    .isEqualTo(command.group(2) == null ? 0 : Integer.parseInt(command.group(2)));
        }
    }

    @Test
    void shouldLeadToFilesThatExist() throws IOException {
        for (Path page : pages()) {
            assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
                    .allSatisfy(link -> assertThat(page.resolveSibling(link))
                            .as("in %s", page)
                            .exists());
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .toList();
        }
    }
}
