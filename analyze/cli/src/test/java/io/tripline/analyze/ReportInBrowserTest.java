package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report in a real browser. */
@Tag("system")
class ReportInBrowserTest {
    @TempDir
    private static Path work;

    private static Browser browser;
    private static Path report;

    @BeforeAll
    static void analyze() throws IOException {
        browser = Browser.start(work.resolve("browser"));
        Run run = Run.analyze(
                work,
                TestCapture.SAMPLES
                        .resolve("multi_scan_sequence_with_background.pcap")
                        .toString());
        report = run.file(OutputFolder.HTML);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static String script(String name) throws IOException {
        try (InputStream in = ReportInBrowserTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({"1300,screen,light", "1300,screen,dark", "390,screen,light", "794,print,light", "794,print,dark"})
    void shouldReadWellWithoutComplaintsOrRequests(int width, String media, String scheme) throws Exception {
        browser.look(width, media, scheme);
        browser.open(report);

        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests(report)).isEmpty();
        JsonNode poor = browser.evaluate(script("contrast.js"));
        assertThat(poor.path("checked").asInt()).isGreaterThan(200);
        assertThat(poor.path("poor")).isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                        .asInt())
                .as("pixels that stick out")
                .isLessThanOrEqualTo(0);
    }

    @Test
    void shouldSortFilterAndName() throws Exception {
        browser.look(1300, "screen", "light");
        browser.open(report);

        assertThat(browser.evaluate(
                                "(() => {const t = document.querySelector('#indicators-table'); t.querySelectorAll('th button')[1].click();"
                                        + " return Array.from(t.tBodies[0].rows, r => Number(r.cells[1].textContent));})()")
                        .toString())
                .isEqualTo("[17,80,89,89,90,91]");
        assertThat(browser.evaluate(
                                "(() => {const i = document.querySelector('#events-table-filter'); i.value = 'null scan';"
                                        + " i.dispatchEvent(new Event('input'));"
                                        + " return Array.from(document.querySelector('#events-table').tBodies[0].rows).filter(r => !r.hidden).length;})()")
                        .asInt())
                .isEqualTo(10);
        assertThat(browser.evaluate("document.querySelectorAll('svg[role=img] > title').length")
                        .asInt())
                .as("charts with a name for screen readers")
                .isEqualTo(browser.evaluate("document.querySelectorAll('svg').length")
                        .asInt())
                .isPositive();
        assertThat(browser.evaluate(
                                "Array.from(document.querySelectorAll('a[href^=\"#\"]')).filter(a => !document.querySelector(a.hash)).length")
                        .asInt())
                .as("links into nowhere")
                .isZero();
        assertThat(browser.evaluate(
                                "(() => {const ids = Array.from(document.querySelectorAll('[id]'), e => e.id); return ids.length - new Set(ids).size;})()")
                        .asInt())
                .as("ids used twice")
                .isZero();
    }

    @Test
    void shouldSayTheSameWithoutScripts() throws Exception {
        browser.look(1300, "screen", "light");
        browser.send("Emulation.setScriptExecutionDisabled", java.util.Map.of("value", true));
        try {
            browser.open(report);

            assertThat(browser.evaluate("document.querySelectorAll('button').length")
                            .asInt())
                    .isZero();
            assertThat(browser.evaluate("document.body.innerText").asText())
                    .contains("192.168.100.95 scanned 120 ports of 192.168.100.99", "8080/tcp", "Urgent: act today");
        } finally {
            browser.send("Emulation.setScriptExecutionDisabled", java.util.Map.of("value", false));
        }
    }

    @Test
    void shouldPrint() throws Exception {
        browser.look(1300, "", "light");
        browser.open(report);

        try (PDDocument printed = Loader.loadPDF(browser.printed())) {
            assertThat(printed.getNumberOfPages()).isBetween(4, 20);
            assertThat(printed.getPage(0).getMediaBox().getWidth())
                    .as("A4, points")
                    .isBetween(594f, 596f);
        }
    }

    @Test
    void shouldNotBeMovedByHostileText() throws Exception {
        Path folder = Files.createDirectory(work.resolve("hostile"));
        Path json = report.resolveSibling(OutputFolder.REPORT);
        for (int turn = 0; turn < 3; turn++) {
            HostileText.poison(json, folder.resolve(OutputFolder.REPORT), turn * 11);
            Files.deleteIfExists(folder.resolve(OutputFolder.SUMS));
            Run run = Run.tripline(folder, "report", folder.toString());
            assertThat(run.err()).isEmpty();
            browser.look(1300, "screen", "light");
            browser.open(folder.resolve(OutputFolder.HTML));

            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests(folder.resolve(OutputFolder.HTML))).isEmpty();
            assertThat(browser.evaluate("document.title").asText()).isNotEqualTo("owned");
            assertThat(browser.evaluate("document.querySelectorAll('script, img, iframe, object, link, style').length")
                            .asInt())
                    .as("our script and our style sheet")
                    .isEqualTo(2);
            assertThat(browser.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                            .asInt())
                    .as("pixels that stick out")
                    .isLessThanOrEqualTo(0);
        }
    }
}
