package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripline.shell.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The section in a language model's words: what the model is told, what of its answer is shown, and that its failure
 * costs nothing else.
 */
class ProseTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "sk-test-4711-never-shown";
    private static final Path SCAN = TestCapture.SAMPLES.resolve("multi_scan_sequence_with_background.pcap");
    private static final String GOOD =
            "192.168.100.95 asked 192.168.100.99 for 120 services.\nThe risk is 98 of 100, and 1 incident was found.";

    @TempDir
    private static Path analysed;

    @TempDir
    private Path work;

    private Path keyFile;

    @BeforeAll
    static void analyseOnce() throws IOException {
        Run run = Run.analyze(analysed, "--report", "json", "--case-id", "CASE-77", SCAN.toString());
        Files.copy(run.file(OutputFolder.REPORT), analysed.resolve(OutputFolder.REPORT));
    }

    @BeforeEach
    void writeKey() throws IOException {
        keyFile = Files.writeString(work.resolve("key"), KEY + "\n");
    }

    private String[] asking(ModelEndpoint endpoint, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--llm-endpoint", endpoint.url(), "--llm-model", "test-model", "--llm-key-file", keyFile.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static Run withoutKey(Run run) throws IOException {
        assertThat(run.out() + run.err()).doesNotContain(KEY);
        try (Stream<Path> files = Files.list(run.folder())) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(KEY);
            }
        }
        return run;
    }

    /** Makes the report of the one analysis, in a folder of its own. */
    private Run report(String... options) throws IOException {
        Path folder = Files.createTempDirectory(work, "report");
        Files.copy(analysed.resolve(OutputFolder.REPORT), folder.resolve(OutputFolder.REPORT));
        List<String> arguments = new ArrayList<>(List.of("report", folder.toString()));
        arguments.addAll(List.of(options));
        return withoutKey(Run.tripline(folder, arguments.toArray(String[]::new)));
    }

    private Run scan(ModelEndpoint endpoint, String... options) throws IOException {
        return report(asking(endpoint, options));
    }

    private static String section(Run run) throws IOException {
        String html = run.text(OutputFolder.HTML);
        int start = html.indexOf("<section id=\"prose\"");
        return start < 0 ? "" : html.substring(start, html.indexOf("</section>", start));
    }

    /** What is neither the section nor its entry in the table of contents. */
    private static String rest(Run run) throws IOException {
        return run.text(OutputFolder.HTML)
                .replaceAll("(?s)<section id=\"prose\".*?</section>\\s*", "")
                .replaceAll("<li><a href=\"#prose\">.*?</li>\\s*", "")
                .replaceAll("\\s+", " ");
    }

    @Test
    void shouldShowWhatTheModelWroteAndSayThatItDid() throws IOException {
        try (ModelEndpoint endpoint = ModelEndpoint.saying(GOOD)) {
            Run run = withoutKey(Run.analyze(work, asking(endpoint, "--report", "html,pdf", SCAN.toString())));

            assertThat(run.status()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(section(run))
                    .contains(
                            "Written by the language model test-model",
                            "<p class=\"prose\">192.168.100.95 asked 192.168.100.99 for 120 services.</p>",
                            "<p class=\"prose\">The risk is 98 of 100, and 1 incident was found.</p>")
                    .doesNotContain("Left out");
            assertThat(run.out()).contains("ai-summary.json");
            assertThat(run.text(OutputFolder.SUMS)).contains("  ai-summary.json\n");
            assertThat(endpoint.keys()).containsExactly("Bearer " + KEY);
            assertThat(JSON.readTree(endpoint.requests().get(0)).path("model").asText())
                    .isEqualTo("test-model");
        }
    }

    @Test
    void shouldShowTheSameTextAgainWithoutAsking() throws IOException {
        Run run;
        try (ModelEndpoint endpoint = ModelEndpoint.saying(GOOD)) {
            run = scan(endpoint);
        }
        String before = run.text(OutputFolder.HTML);

        Run again = Run.tripline(run.folder(), "report", run.folder().toString());

        assertThat(again.status()).isZero();
        assertThat(again.err()).isEmpty();
        assertThat(run.text(OutputFolder.HTML)).isEqualTo(before);
    }

    @Test
    void shouldAskForAFinishedFolder() throws IOException {
        Run run = report();
        assertThat(section(run)).isEmpty();

        try (ModelEndpoint endpoint = ModelEndpoint.saying("A port scan was found.")) {
            Run asked = Run.tripline(
                    run.folder(),
                    "report",
                    run.folder().toString(),
                    "--llm-endpoint",
                    endpoint.url(),
                    "--llm-model",
                    "m");

            assertThat(asked.status()).isZero();
            assertThat(asked.out()).contains("ai-summary.json");
            assertThat(section(run)).contains("A port scan was found.");
            assertThat(endpoint.keys()).containsExactly("null");
        }
    }

    @Test
    void shouldLeaveOutSentencesWithOtherNumbers() throws IOException {
        try (ModelEndpoint endpoint = ModelEndpoint.saying(
                GOOD
                        + " 4,999 ports were open. 10.9.8.7 took part. It began at 03:04:05. Dozens of hosts were hit."
                        + " Port 31337 answered. Seventy-three hosts fell. \u0664\u0662 hosts fell. CVE-2021-44228 was used.")) {
            Run run = scan(endpoint);

            assertThat(section(run))
                    .contains("120 services", "Left out: 8 of 10 sentences")
                    .doesNotContain(
                            "4,999", "10.9.8.7", "03:04:05", "Dozens", "31337", "eventy-three", "44228", "\u0664");
        }
    }

    @Test
    void shouldSayWhenNothingIsLeft() throws IOException {
        try (ModelEndpoint endpoint = ModelEndpoint.saying("There were 987654 intruders.")) {
            Run run = scan(endpoint);

            assertThat(section(run))
                    .contains("No sentence of the model passed the check.", "Left out: 1 of 1 sentences")
                    .doesNotContain("987654");
        }
    }

    @Test
    void shouldShowNoMarkupNoLinksAndNothingThatSteersALine() throws IOException {
        try (ModelEndpoint endpoint = ModelEndpoint.saying("""
                <think>Let me see.</think>
                # Heading
                **A port scan** was found.
                <script>alert('x')</script> ran.
                Look at https://evil.example/report for more.
                Look at evil.example for more.
                Click [here](javascript:x) now.
                <img src=x onerror=x> shows it.
                Red \u001b[31m alarm.
                Turned \u202eround text.
                \u0421yrillic letters look alike.
                %s.
                Nothing else stands out.
                """.formatted("a".repeat(10_000)))) {
            Run run = scan(endpoint, "--report", "html,pdf");

            assertThat(section(run))
                    .contains("<p class=\"prose\">A port scan was found.</p>")
                    .doesNotContain(
                            "script>",
                            "evil",
                            "javascript",
                            "onerror",
                            "\u001b",
                            "\u202e",
                            "Turned",
                            "aaaa",
                            "**",
                            "Heading",
                            "Let me see");
            assertThat(run.text(OutputFolder.PROSE)).doesNotContain("evil", "script");
        }
    }

    @Test
    void shouldSendFiguresOnly() throws IOException {
        try (ModelEndpoint endpoint = ModelEndpoint.saying("A tunnel was found.")) {
            Path capture = TestCapture.SAMPLES.resolve("dns_iodine_TXT_base32.pcap");
            Run run = withoutKey(Run.analyze(
                    work, asking(endpoint, "--case-id", "CASE-77", "--author", "Secret Author", capture.toString())));

            String sent = endpoint.requests().get(0);
            JsonNode alert = run.alert();
            assertThat(sent)
                    .contains(
                            alert.at("/rule/name").asText(),
                            alert.at("/source/ip").asText())
                    .doesNotContain(alert.at("/tripline/domain").asText())
                    .doesNotContain("iodine", "CASE-77", "Secret Author", "analyze", ".pcap", KEY);
            assertThat(JSON.readTree(sent).at("/messages/1/content").asText())
                    .isEqualTo(JSON.readTree(run.text(OutputFolder.PROSE))
                            .path("sent")
                            .asText());
        }
    }

    @Test
    void shouldSendNoAddressesAndNothingExcludedWhereAskedTo() throws IOException {
        try (ModelEndpoint endpoint = ModelEndpoint.saying("A port scan was found.")) {
            scan(endpoint, "--llm-without-addresses");
            scan(endpoint, "--llm-exclude", "100.95", "--llm-exclude", "PORT");

            assertThat(endpoint.requests().get(0)).doesNotContain("192.168.").contains("Port scan");
            JsonNode figures = JSON.readTree(endpoint.requests().get(1)).at("/messages/1/content");
            assertThat(figures.asText())
                    .contains("192.168.100.99", "(excluded)")
                    .doesNotContain("192.168.100.95")
                    .doesNotContainIgnoringCase("port");
        }
    }

    private void shouldFailWith(ModelEndpoint endpoint, String reason) throws IOException {
        Run without = report();
        try (endpoint) {
            Run run = scan(endpoint, "--llm-timeout", "3");

            assertThat(run.status()).isZero();
            assertThat(run.err())
                    .hasLineCount(1)
                    .startsWith("tripline: no text by the language model test-model at 127.0.0.1: ")
                    .contains(reason);
            assertThat(run.file(OutputFolder.PROSE)).doesNotExist();
            assertThat(run.text(OutputFolder.HTML)).isEqualTo(without.text(OutputFolder.HTML));
        }
    }

    @Test
    void shouldWarnAboutARefusedKey() throws IOException {
        shouldFailWith(
                ModelEndpoint.answering(401, "{\"error\":{\"message\":\"bad key " + KEY + "\"}}"),
                "authentication failed");
    }

    @Test
    void shouldWarnAboutAnError() throws IOException {
        shouldFailWith(ModelEndpoint.answering(500, "\u001b[31m"), "HTTP status 500");
    }

    @Test
    void shouldWarnAboutNonsense() throws IOException {
        shouldFailWith(ModelEndpoint.answering(200, "<html>no</html>"), "not that of a language model");
        shouldFailWith(ModelEndpoint.answering(200, "{}"), "not that of a language model");
        shouldFailWith(ModelEndpoint.answering(200, "{\"choices\":[]}"), "not that of a language model");
        shouldFailWith(ModelEndpoint.saying(" "), "has no text");
    }

    @Test
    void shouldNotWaitForEver() throws IOException {
        shouldFailWith(ModelEndpoint.silent(), "no response within 3 s");
    }

    @Test
    void shouldNotReadForEver() throws IOException {
        shouldFailWith(ModelEndpoint.endless(), "longer than 1000000 bytes");
    }

    @Test
    void shouldWarnWhereNobodyListens() throws IOException {
        ModelEndpoint endpoint = ModelEndpoint.saying(GOOD);
        endpoint.close();
        shouldFailWith(endpoint, "cannot be reached");
    }

    @Test
    void shouldTellTheRestAlikeWithAndWithout() throws IOException {
        Run without = report();
        try (ModelEndpoint endpoint = ModelEndpoint.saying(GOOD)) {
            Run with = scan(endpoint);

            assertThat(section(with)).isNotEmpty();
            assertThat(rest(with)).isEqualTo(rest(without)).contains("Findings", "192.168.100.95");
        }
    }

    @Test
    void shouldHoldAChangedTextAgainstTheFiguresAgain() throws IOException {
        Run run;
        try (ModelEndpoint endpoint = ModelEndpoint.saying(GOOD)) {
            run = scan(endpoint);
        }
        String text = run.text(OutputFolder.PROSE);
        Files.writeString(
                run.file(OutputFolder.PROSE),
                text.replace("for 120 services.", "for 120 services. 31337 fell. <b>See</b> evil.example."));
        Run.tripline(run.folder(), "report", run.folder().toString());
        assertThat(section(run)).contains("120 services").doesNotContain("31337", "evil", "<b>");

        for (String broken : List.of("[", "{}", text.replace("\"report_sha256\" : \"", "\"report_sha256\" : \"0"))) {
            Files.writeString(run.file(OutputFolder.PROSE), broken);
            Run again = Run.tripline(run.folder(), "report", run.folder().toString());
            assertThat(again.status()).isZero();
            assertThat(again.err()).hasLineCount(1).contains("ai-summary.json is left out: it is");
            assertThat(section(run)).isEmpty();
        }
    }

    @Test
    void shouldRefuseWrongOptions() throws IOException {
        Path twoKeys = Files.writeString(work.resolve("two"), KEY + "\n" + KEY);
        String capture = TestCapture.SAMPLES.resolve("syn_21ports.pcap").toString();
        for (List<String> wrong : List.of(
                List.of("--llm-model", "m"),
                List.of("--llm-endpoint", "http://localhost/v1"),
                List.of("--llm-endpoint", "ftp://localhost/v1", "--llm-model", "m"),
                List.of("--llm-endpoint", "https://me:" + KEY + "@localhost/v1", "--llm-model", "m"),
                List.of("--llm-endpoint", "https://localhost/v1?key=" + KEY, "--llm-model", "m"),
                List.of("--llm-endpoint", "http://localhost/v1", "--llm-model", "m", "--llm-timeout", "0"),
                List.of("--llm-endpoint", "http://localhost/v1", "--llm-model", "m", "--llm-exclude", " "),
                List.of(
                        "--llm-endpoint",
                        "http://localhost/v1",
                        "--llm-model",
                        "m",
                        "--llm-key-file",
                        twoKeys.toString()),
                List.of(
                        "--llm-endpoint",
                        "http://192.0.2.1/v1",
                        "--llm-model",
                        "m",
                        "--llm-key-file",
                        keyFile.toString()))) {
            List<String> arguments = new ArrayList<>(wrong);
            arguments.add(capture);
            Run run = Run.analyze(work, arguments.toArray(String[]::new));
            assertThat(run.status()).as(wrong.toString()).isEqualTo(ExitStatus.USAGE);
            assertThat(run.err()).hasLineCount(1).contains("--llm-").doesNotContain(KEY);
        }
    }
}
