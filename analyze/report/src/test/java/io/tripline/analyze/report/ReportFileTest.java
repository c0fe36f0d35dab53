package io.tripline.analyze.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The riskiest alerts of a report stay, whatever it holds. */
class ReportFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSortBySeverityThenRiskThenTimeThenId() throws IOException {
        JsonNode alerts = read(String.join(
                ",",
                alert("low", 21, 99, "2026-01-01T00:00:00Z"),
                alert("b", 73, 60, "2026-01-01T00:00:00Z"),
                alert("a", 73, 60, "2026-01-01T00:00:00Z"),
                alert("early", 73, 60, "2025-01-01T00:00:00Z"),
                alert("risky", 73, 61, "2026-01-01T00:00:00Z"),
                alert("critical", 99, 1, "2026-01-01T00:00:00Z")));

        assertThat(alerts.findValuesAsText("id")).containsExactly("critical", "risky", "early", "a", "b", "low");
    }

    @Test
    void shouldKeepTheRiskiestOfMany() throws IOException {
        int all = ReportFile.ALERTS + 20;
        JsonNode alerts = read(IntStream.rangeClosed(1, all)
                .mapToObj(risk -> alert("id" + risk, 47, risk, ""))
                .collect(Collectors.joining(",")));

        assertThat(alerts).hasSize(ReportFile.ALERTS);
        assertThat(alerts.findValuesAsText("id")).startsWith("id" + all).endsWith("id21");
    }

    @Test
    void shouldPutBehindWhatIsNoAlertAndKeepItAsItIs() throws IOException {
        String odd = """
                5, null, "text", [1], {"event": [1]}, {"event": {"severity": {}, "risk_score": "many", "id": null}}""";
        JsonNode alerts = read(odd + "," + alert("low", 21, 1, "2026-01-01T00:00:00Z"));

        assertThat(alerts.path(0).at("/event/id").asText()).isEqualTo("low");
        assertThat(alerts).hasSize(7);
        assertThat(alerts.toString()).contains("\"risk_score\":\"many\"", "\"text\"", "[1]");
    }

    @Test
    void shouldRefuseWhatIsNoReport() {
        assertThatThrownBy(() -> readFile("[]")).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> readFile("{\"alerts\": [{]")).isInstanceOf(JsonProcessingException.class);
    }

    private static String alert(String id, int severity, int risk, String start) {
        return """
                {"event": {"severity": %d, "risk_score": %d, "start": "%s", "id": "%s"}}""".formatted(severity, risk, start, id);
    }

    private JsonNode read(String alerts) throws IOException {
        return readFile("{\"alerts\": [" + alerts + "]}").root().path("alerts");
    }

    private ReportFile readFile(String text) throws IOException {
        return ReportFile.read(Files.writeString(folder.resolve("report.json"), text));
    }
}
