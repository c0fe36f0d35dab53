package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks the folders in {@code src/test/cases}. Each has a {@code case.json}: the captures (paths from the root of the project) and the alerts
 * they must give, in order and no other; and a {@code README.md} that says what for.
 */
class CasesTest {
    private static final Path CASES = Path.of("src", "test", "cases");
    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path work;

    private record Expected(String rule, String source, String destination, List<String> techniques) {}

    @TestFactory
    Stream<DynamicTest> shouldGiveTheAlertsOfEachCase() throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(CASES)) {
            folders = found.sorted().toList();
        }
        return folders.stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private void check(Path folder) throws IOException {
        assertThat(folder.resolve("README.md")).isNotEmptyFile();
        JsonNode expected =
                new ObjectMapper().readTree(folder.resolve("case.json").toFile());
        List<String> arguments = new ArrayList<>();
        expected.path("captures")
                .forEach(name -> arguments.add(ROOT.resolve(name.asText()).toString()));

        Run run = Run.analyze(work, arguments.toArray(String[]::new));

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.alerts().stream().map(CasesTest::found).toList())
                .isEqualTo(StreamSupport.stream(expected.path("alerts").spliterator(), false)
                        .map(CasesTest::wanted)
                        .toList());
        assertThat(run.alerts())
                .allSatisfy(
                        alert -> assertThat(alert.at("/event/action").asText()).isEqualTo("closed"));
    }

    private static Expected wanted(JsonNode alert) {
        List<String> techniques = new ArrayList<>();
        alert.path("techniques").forEach(name -> techniques.add(name.asText()));
        return new Expected(
                alert.path("rule").asText(),
                alert.path("source").asText(),
                alert.path("destination").asText("none"),
                techniques);
    }

    private static Expected found(JsonNode alert) {
        return new Expected(
                alert.at("/rule/id").asText(),
                alert.at("/source/ip").asText(),
                alert.at("/destination/ip").asText("none"),
                List.copyOf(Run.techniques(alert)));
    }
}
