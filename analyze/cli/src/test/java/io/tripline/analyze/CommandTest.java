package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.schemas.AlertSchema;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options, exit statuses, the folder of results, and what stands on both outputs. */
class CommandTest {
    private static final String SCAN =
            TestCapture.SAMPLES.resolve("syn_21ports.pcap").toString();
    private static final String HARMLESS =
            TestCapture.SAMPLES.resolve("benign_ftp_passive_60files.pcap").toString();

    @TempDir
    private Path work;

    @Test
    void shouldPrintOneJsonObjectWithTheFieldsPromised() throws Exception {
        Run run = Run.analyze(work, "--json", SCAN);

        JsonNode summary = run.summary();
        assertThat(run.out()).hasLineCount(1);
        assertThat(List.of(
                        "packets",
                        "bytes",
                        "first",
                        "last",
                        "seconds",
                        "packets_per_second",
                        "protocols",
                        "indicators",
                        "alerts",
                        "unread",
                        "outputs"))
                .allSatisfy(field -> assertThat(summary.has(field)).as(field).isTrue());
        assertThat(summary.path("packets").asInt()).isEqualTo(45);
        assertThat(summary.at("/protocols/tcp").asInt()).isEqualTo(43);
        assertThat(summary.at("/indicators/syn-small-window").asInt()).isEqualTo(21);
        assertThat(summary.at("/alerts/total").asInt()).isEqualTo(1);
        assertThat(summary.at("/alerts/by_severity/medium").asInt()).isEqualTo(1);
        assertThat(summary.at("/alerts/by_rule/port-scan").asInt()).isEqualTo(1);
        assertThat(summary.path("first").asText()).isEqualTo("2026-11-22T06:34:35.466322Z");
        assertThat(summary.path("outputs"))
                .hasSize(5)
                .allSatisfy(path -> assertThat(Path.of(path.asText())).exists());
    }

    @Test
    void shouldHoldTheDocumentsInTheReport() throws Exception {
        Run run = Run.analyze(work, SCAN);

        JsonNode report = run.report();
        assertThat(report.path("alerts")).hasSize(1);
        assertThat(AlertSchema.problems(report.at("/alerts/0"))).isEmpty();
        assertThat(report.at("/alert_counts/total").asInt()).isEqualTo(1);
        assertThat(report.at("/indicators/0/id").asText()).isEqualTo("syn-small-window");
        assertThat(report.at("/indicators/0/count").asInt()).isEqualTo(21);
        assertThat(report.path("events")).hasSize(21);
    }

    @Test
    void shouldTellPeopleWhoDidWhat() throws Exception {
        Run run = Run.analyze(work, SCAN);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("45 packets, 2,494 bytes", "tcp 95.6 %", "Alerts: 1 medium")
                .contains("192.168.100.95 scanned 21 ports of 192.168.100.99")
                .contains("Written: " + run.file(OutputFolder.ALERTS))
                .doesNotContain("\u001b");
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).isEqualTo(line.stripTrailing()));
    }

    @Test
    void shouldShortenALongListOfProtocols() throws Exception {
        Run run =
                Run.analyze(work, TestCapture.SAMPLES.resolve("ipproto_sO.pcap").toString());

        assertThat(run.out().lines().filter(line -> line.startsWith("Protocols: ")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(" more ").hasSizeLessThan(160));
    }

    @Test
    void shouldEndWithTwoWhereAnAlertReachesTheSeverityAskedFor() throws Exception {
        assertThat(Run.analyze(work, "--fail-on", "medium", SCAN).status()).isEqualTo(ExitStatus.ALERTED);
        assertThat(Run.analyze(work, "--fail-on", "critical", SCAN).status()).isEqualTo(ExitStatus.DONE);
        assertThat(Run.analyze(work, "--fail-on", "low", HARMLESS).status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void shouldTellOfWrongUsageInOneLineAndLeaveNothingBehind() throws Exception {
        for (List<String> wrong : List.of(
                List.of("--fail-on", "worse", SCAN),
                List.of("--engine", "both", SCAN),
                List.of("--parallelism", "0", SCAN),
                List.of("--parallelism", "many", SCAN),
                List.of("--report", "docx", SCAN),
                List.of("--report", "none,json", SCAN),
                List.of("--unknown", SCAN),
                List.<String>of())) {
            Run run = Run.analyze(work, wrong.toArray(String[]::new));

            assertThat(run.status()).as("%s", wrong).isEqualTo(ExitStatus.USAGE);
            assertThat(run.err()).startsWith("tripline: ").doesNotContain("\tat ");
            assertThat(run.out()).isEmpty();
            assertThat(run.folder()).doesNotExist();
        }
    }

    @Test
    void shouldReplaceEarlierResultsAndAnEmptyFolder() throws Exception {
        Path out = Files.createDirectory(work.resolve("out"));

        assertThat(into(out, SCAN).status()).isZero();
        assertThat(out.resolve(OutputFolder.ALERTS)).content().hasLineCount(1);
        assertThat(into(out, "--report", "none", HARMLESS).status()).isZero();
        assertThat(out.resolve(OutputFolder.ALERTS)).isEmptyFile();
        assertThat(names(out)).containsExactly(OutputFolder.ALERTS, OutputFolder.INDICATORS);
        assertThat(names(work)).containsExactly("out");
    }

    @Test
    void shouldRefuseAFolderWithOtherFilesAndAFileInItsPlace() throws Exception {
        Path folder = Files.createDirectory(work.resolve("home"));
        Files.writeString(folder.resolve("thesis.txt"), "years of work");
        Path file = Files.writeString(work.resolve("file"), "text");

        for (Path out : List.of(folder, file, file.resolve("below"))) {
            Run run = into(out, SCAN);

            assertThat(run.status()).isEqualTo(ExitStatus.INPUT_OUTPUT);
            assertThat(run.err()).startsWith("tripline: --out: ").hasLineCount(1);
        }
        assertThat(folder.resolve("thesis.txt")).hasContent("years of work");
        assertThat(names(work)).containsExactly("file", "home");
    }

    @Test
    void shouldLeaveEarlierResultsAloneWhereItFailsBeforeTheEnd() throws Exception {
        Path out = work.resolve("out");
        into(out, SCAN);
        String before = Files.readString(out.resolve(OutputFolder.ALERTS));

        try (OutputFolder folder = OutputFolder.at(out)) {
            Files.writeString(folder.file(OutputFolder.ALERTS), "half a");
        }

        assertThat(out.resolve(OutputFolder.ALERTS)).hasContent(before);
        assertThat(names(work)).containsExactly("out");
    }

    @Test
    void shouldLeaveEarlierResultsAloneWhereSomebodyPutAFileAmongThemMeanwhile() throws Exception {
        Path out = work.resolve("out");
        into(out, SCAN);
        String before = Files.readString(out.resolve(OutputFolder.ALERTS));

        try (OutputFolder folder = OutputFolder.at(out)) {
            Files.writeString(out.resolve("notes.txt"), "mine");
            org.assertj.core.api.Assertions.assertThatThrownBy(folder::publish).isInstanceOf(UserError.class);
        }

        assertThat(out.resolve(OutputFolder.ALERTS)).hasContent(before);
        assertThat(names(work)).containsExactly("out");
    }

    @Test
    void shouldLeaveNoThreadOfItsOwnBehind() throws Exception {
        Run.analyze(work, SCAN);

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.equals("capture") || name.equals("progress") || name.equals("sha-256"));
    }

    @Test
    void shouldGiveItsVersionAndHelp() {
        assertThat(Run.tripline(work, "--version").out()).contains("tripline ", "Java ");
        assertThat(Run.tripline(work, "analyze", "--help").out()).contains("--fail-on", "65", "internal error");
    }

    private Run into(Path out, String... arguments) {
        return Run.tripline(
                out,
                Stream.concat(Stream.of("analyze", "--out", out.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
