package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks the folders in {@code src/test/cases}. Each has a {@code case.json}: the captures and, where it takes any, the
 * settings (paths from the root of the project), and the alerts that they must give, in order and no other; and a
 * {@code README.md} that says what for. The source is an address, the MAC address where a device shows no other, or all
 * sources of an incident that is about its target.
 */
class CasesTest {
    private static final Path CASES = Path.of("src", "test", "cases");
    private static final Path ROOT = Path.of("../..");
    private static final Map<Integer, String> SEVERITIES = Map.of(21, "low", 47, "medium", 73, "high", 99, "critical");

    @TempDir
    private Path work;

    private record Expected(String rule, String severity, String source, String destination, List<String> techniques) {}

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
        if (expected.has("settings")) {
            arguments.add("--config=" + ROOT.resolve(expected.path("settings").asText()));
        }
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
                alert.path("severity").asText(),
                alert.path("source").asText(),
                alert.path("destination").asText("none"),
                techniques);
    }

    private static Expected found(JsonNode alert) {
        return new Expected(
                alert.at("/rule/id").asText(),
                SEVERITIES.getOrDefault(alert.at("/event/severity").asInt(), "unknown"),
                source(alert),
                alert.at("/destination/ip").asText("none"),
                List.copyOf(Run.techniques(alert)));
    }

    private static String source(JsonNode alert) {
        if (alert.has("source")) {
            return alert.at("/source/ip").asText(alert.at("/source/mac/0").asText());
        }
        return StreamSupport.stream(alert.at("/tripline/sources/sample").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(" "));
    }
}
