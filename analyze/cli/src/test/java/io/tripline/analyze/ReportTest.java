package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tripline.shell.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in reports, and what never is. */
class ReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCAN = "multi_scan_sequence_with_background.pcap";
    private static final int MEGABYTES = 1_000_000;

    @TempDir
    private Path work;

    private Run analyze(String sample, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(TestCapture.SAMPLES.resolve(sample).toString());
        return Run.analyze(work, arguments.toArray(String[]::new));
    }

    private static String text(PDDocument pdf) throws IOException {
        return new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void shouldTellTheSameInPageAndPdf() throws Exception {
        Run run = analyze(
                SCAN, "--report", "html,pdf,json", "--case-id", "LAB-42", "--author", "A. Analyst", "--title", "Scan");

        String html = run.text(OutputFolder.HTML);
        String capture = sha256(TestCapture.SAMPLES.resolve(SCAN));
        try (PDDocument pdf = Loader.loadPDF(run.file(OutputFolder.PDF).toFile())) {
            for (String part : List.of(
                    "LAB-42",
                    "A. Analyst",
                    "Urgent: act today",
                    "192.168.100.95 scanned 120 ports of 192.168.100.99",
                    "8080/tcp",
                    "T1046",
                    "risk 98 of 100",
                    "distinct ports of one target in 60 s",
                    "XMAS scan detected",
                    "What was not analysed")) {
                assertThat(html).contains(part);
                assertThat(text(pdf)).contains(part);
            }
            assertThat(text(pdf).replace(" ", "")).contains(capture, sha256(run.file(OutputFolder.REPORT)));
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Scan");
            assertThat(pdf.getDocumentInformation().getAuthor()).isEqualTo("A. Analyst");
            List<String> bookmarks = new ArrayList<>();
            for (PDOutlineItem item :
                    pdf.getDocumentCatalog().getDocumentOutline().children()) {
                bookmarks.add(item.getTitle());
            }
            assertThat(bookmarks).startsWith("Summary", "Findings").endsWith("Evidence and raw data");
            assertThat(text(pdf)).contains("1 / " + pdf.getNumberOfPages());
        }
        assertThat(html).contains(capture, sha256(run.file(OutputFolder.REPORT)));
        assertThat(Files.readAllLines(run.file(OutputFolder.SUMS)))
                .hasSize(5)
                .contains(
                        sha256(run.file(OutputFolder.HTML)) + "  report.html",
                        sha256(run.file(OutputFolder.PDF)) + "  report.pdf",
                        sha256(run.file(OutputFolder.REPORT)) + "  report.json");
    }

    @Test
    void shouldMakeTheSamePageAgain() throws Exception {
        Run run = analyze(SCAN, "--case-id", "1");
        String before = run.text(OutputFolder.HTML);
        Files.delete(run.file(OutputFolder.HTML));

        Run again = Run.tripline(run.folder(), "report", run.folder().toString());

        assertThat(again.status()).isZero();
        assertThat(again.err()).isEmpty();
        assertThat(run.text(OutputFolder.HTML)).isEqualTo(before);
        Run other = Run.tripline(run.folder(), "report", run.folder().toString(), "--case-id", "2", "--report", "html");
        assertThat(other.status()).isZero();
        assertThat(run.text(OutputFolder.HTML)).contains("Case 2").doesNotContain("Case 1");
        assertThat(Files.readAllLines(run.file(OutputFolder.SUMS)))
                .contains(sha256(run.file(OutputFolder.HTML)) + "  report.html");
    }

    @Test
    void shouldSayThatTheDataWasChanged() throws Exception {
        Run run = analyze(SCAN);
        Files.writeString(run.file(OutputFolder.REPORT), run.text(OutputFolder.REPORT) + "\n");

        Run again = Run.tripline(run.folder(), "report", run.folder().toString());

        assertThat(again.status()).isZero();
        assertThat(again.err()).contains("does not match SHA256SUMS");
    }

    @Test
    void shouldRefuseWhatIsNoResult() throws Exception {
        Path folder = Files.createDirectory(work.resolve("other"));
        assertThat(Run.tripline(folder, "report", folder.toString()).status()).isEqualTo(ExitStatus.INPUT_OUTPUT);

        Files.writeString(folder.resolve(OutputFolder.REPORT), "[1, 2]");
        Run list = Run.tripline(folder, "report", folder.toString());
        assertThat(list.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(list.err()).contains("report.json:1: not a report.json");
        assertThat(folder.toFile().list()).containsExactly(OutputFolder.REPORT);
    }

    @Test
    void shouldEndWithOneClearLineWhereTheDataIsDamaged() throws Exception {
        Run run = analyze(SCAN);
        String whole = run.text(OutputFolder.REPORT);
        Files.delete(run.file(OutputFolder.SUMS));
        for (String damaged : List.of(
                "",
                "null",
                "{\"alerts\": [",
                whole.substring(0, whole.length() / 2),
                whole.substring(0, whole.length() - 1),
                whole.replaceFirst("\"alerts\"", "alerts"),
                "{\"alerts\": " + "[".repeat(5_000))) {
            Files.writeString(run.file(OutputFolder.REPORT), damaged);

            Run again = Run.tripline(run.folder(), "report", run.folder().toString());

            assertThat(again.status()).isEqualTo(ExitStatus.INPUT);
            assertThat(again.err()).hasLineCount(1).contains("report.json:", ": not a report.json of tripline analyze");
        }
    }

    /**
     * Wrong kinds of values under each key in turn, times that are none among them: a report, or one clear line, and
     * never an error of ours.
     */
    @Test
    void shouldBearAnyValueUnderAnyKey() throws Exception {
        Run run = analyze(SCAN);
        JsonNode whole = run.report();
        Files.delete(run.file(OutputFolder.SUMS));
        Set<String> keys = new TreeSet<>();
        collectKeys(whole, keys);
        List<JsonNode> wrong = List.of(
                TextNode.valueOf("+999999999-12-31T23:59:59Z"),
                JSON.createObjectNode().put("", Long.MIN_VALUE));
        for (String key : keys) {
            for (JsonNode value : wrong) {
                JsonNode changed = whole.deepCopy();
                changed.findParents(key).forEach(parent -> ((ObjectNode) parent).set(key, value));
                JSON.writeValue(run.file(OutputFolder.REPORT).toFile(), changed);
                Files.deleteIfExists(run.file(OutputFolder.SUMS));

                Run again = Run.tripline(run.folder(), "report", run.folder().toString());

                assertThat(again.status())
                        .as("%s: %s%n%s", key, value, again.err())
                        .isIn(ExitStatus.DONE, ExitStatus.INPUT);
                assertThat(again.err()).hasLineCount(again.status() == ExitStatus.DONE ? 0 : 1);
            }
        }
    }

    private static void collectKeys(JsonNode node, Set<String> keys) {
        node.fieldNames().forEachRemaining(keys::add);
        node.forEach(child -> collectKeys(child, keys));
    }

    @Test
    void shouldStayCalmAboutHarmlessTraffic() throws Exception {
        Run run = analyze("benign_ping_mix.pcap", "--report", "html,pdf");

        assertThat(run.text(OutputFolder.HTML))
                .contains("No incident found", "No enabled rule found an incident.")
                .doesNotContain("class=\"finding", "Detection logic");
        try (PDDocument pdf = Loader.loadPDF(run.file(OutputFolder.PDF).toFile())) {
            assertThat(text(pdf)).contains("No incident found");
        }
    }

    @Test
    void shouldJudgeNothingWhereNothingWasRead() throws Exception {
        Path empty = TestCapture.of(List.of()).write(work.resolve("empty.pcap"));

        Run run = Run.analyze(work, "--report", "html,pdf", empty.toString());

        assertThat(run.text(OutputFolder.HTML))
                .contains("No data", "No packet was read.")
                .doesNotContain("No incident found in");
    }

    @Test
    void shouldShowHostileTextHarmlessly() throws Exception {
        Run run = analyze(SCAN);
        for (int first = 0; first < HostileText.LIST.size(); first += 5) {
            String html = Files.readString(poisoned(run, first, "html").resolve(OutputFolder.HTML));

            assertThat(html.split("<script", -1)).as("scripts").hasSize(2);
            assertThat(html.codePoints().filter(point -> point != '\n' && steers(point)))
                    .as("characters that steer a line")
                    .isEmpty();
            assertThat(html).doesNotContain("a".repeat(4_100));
            assertThat(html.length()).isLessThan(5 * MEGABYTES);
        }
    }

    /** Takes seconds for each, since some of the text goes on for pages. */
    @Test
    @Tag("system")
    void shouldPrintHostileTextHarmlessly() throws Exception {
        Run run = analyze(SCAN);
        for (int first = 0; first < HostileText.LIST.size(); first += 5) {
            Path folder = poisoned(run, first, "pdf");

            try (PDDocument pdf =
                    Loader.loadPDF(folder.resolve(OutputFolder.PDF).toFile())) {
                assertThat(pdf.getNumberOfPages()).isBetween(1, 200);
            }
        }
    }

    /** A folder with a report of hostile text. */
    private Path poisoned(Run run, int first, String kind) throws IOException {
        Path folder = Files.createDirectories(work.resolve("hostile"));
        HostileText.poison(run.file(OutputFolder.REPORT), folder.resolve(OutputFolder.REPORT), first);
        Files.deleteIfExists(folder.resolve(OutputFolder.SUMS));

        Run poisoned = Run.tripline(folder, "report", folder.toString(), "--report", kind);

        assertThat(poisoned.err()).isEmpty();
        assertThat(poisoned.status()).isZero();
        return folder;
    }

    private static boolean steers(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }

    @Test
    void shouldStayShortWithTenThousandIncidents() throws Exception {
        Run run = analyze(SCAN);
        ObjectNode report = (ObjectNode) run.report();
        ArrayNode alerts = JSON.createArrayNode();
        for (int i = 0; i < 10_000; i++) {
            ObjectNode alert = report.path("alerts").get(0).deepCopy();
            ((ObjectNode) alert.path("event"))
                    .put("id", String.format("%032x", i))
                    .put("risk_score", 1 + i % 98);
            alerts.add(alert);
        }
        report.set("alerts", alerts);
        ObjectNode counts = (ObjectNode) report.path("alert_counts");
        counts.put("total", 10_000);
        ((ObjectNode) counts.path("by_severity")).put("high", 10_000);
        ((ObjectNode) counts.path("by_rule")).put("port-scan", 10_000);
        JSON.writeValue(run.file(OutputFolder.REPORT).toFile(), report);
        Files.delete(run.file(OutputFolder.SUMS));

        Run many = Run.tripline(run.folder(), "report", run.folder().toString(), "--report", "html,pdf");

        assertThat(many.status()).isZero();
        assertThat(run.text(OutputFolder.HTML))
                .contains("10,000 incidents", "have one line each", "9,450 more with lower risk are counted above");
        assertThat(Files.size(run.file(OutputFolder.HTML))).isLessThan(5 * MEGABYTES);
        assertThat(Files.size(run.file(OutputFolder.PDF))).isLessThan(5 * MEGABYTES);
    }
}
