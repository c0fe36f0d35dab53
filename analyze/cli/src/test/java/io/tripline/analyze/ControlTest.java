package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.schemas.AlertSchema;
import io.tripline.shell.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What settings do to an analysis. */
class ControlTest {
    private static final String SCAN =
            TestCapture.SAMPLES.resolve("syn_21ports.pcap").toString();
    private static final String DNS =
            TestCapture.SAMPLES.resolve("dns_iodine_TXT_base32.pcap").toString();
    private static final String ALLOWED = """
            allow:
              - rules: [port-scan]
                source: %s
                %s
                owner: security team
                reason: inventory
                expires: 2099-12-31
            """;

    @TempDir
    private Path work;

    private Run analyze(String settings, String... arguments) throws IOException {
        String[] all = new String[arguments.length + 2];
        all[0] = "--config";
        all[1] = settings(settings);
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Run.analyze(work, all);
    }

    private String settings(String text) throws IOException {
        return Files.writeString(work.resolve("s.yaml"), text).toString();
    }

    @Test
    void shouldRaiseNoAlertForWhatIsAllowedButCountAndListIt() throws IOException {
        Run run = analyze(ALLOWED.formatted("192.168.100.95", "target: 192.168.100.0/24"), "--show-suppressed", SCAN);

        assertThat(run.status()).isZero();
        assertThat(run.alerts()).isEmpty();
        assertThat(run.out()).contains("No alerts", "Suppressed by s.yaml:2 (1): 1", "scanned 21 ports");
        JsonNode document = AlertSchema.check(run.text(OutputFolder.SUPPRESSED).strip());
        assertThat(document.at("/tripline/allowed_by/owner").asText()).isEqualTo("security team");
        assertThat(run.report().at("/alert_counts/suppressed").asInt()).isEqualTo(1);
        assertThat(run.report().at("/alert_counts/suppressed_by/s.yaml:2").asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldGoByTheTimeOfTheCaptureWhereAnEntryHasLapsed() throws IOException {
        String allowed = ALLOWED.formatted("192.168.100.95", "");
        String day = Run.analyze(work, SCAN).alert().at("/event/start").asText().substring(0, 10);
        String before = LocalDate.parse(day).minusDays(1).toString();

        Run held = analyze(allowed.replace("2099-12-31", day), SCAN);
        assertThat(held.alerts()).isEmpty();
        assertThat(held.out()).contains("Suppressed by s.yaml:2 (1): 1");

        Run lapsed = analyze(allowed.replace("2099-12-31", before), SCAN);
        assertThat(lapsed.status()).isZero();
        assertThat(lapsed.alert().at("/tripline/allow_lapsed/expires").asText()).isEqualTo(before);
        assertThat(lapsed.out()).contains("Raised because the allow entry had expired: s.yaml:2 (1)");
        assertThat(lapsed.report().at("/alert_counts/allow_lapsed/s.yaml:2").asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldRaiseItWhereTheEntryDoesNotCoverAllOfIt() throws IOException {
        for (String narrow : new String[] {"target: 10.0.0.0/8", "ports: 1-20"}) {
            assertThat(analyze(ALLOWED.formatted("192.168.100.95", narrow), SCAN)
                            .alerts())
                    .as(narrow)
                    .hasSize(1);
        }
        assertThat(analyze(ALLOWED.formatted("192.168.100.94", ""), SCAN).alerts())
                .hasSize(1);
    }

    @Test
    void shouldFixTheSeverityAndKeepWhatItWouldBe() throws IOException {
        Run run = analyze("rules: {port-scan: {severity: low}}", "--fail-on", "medium", SCAN);

        assertThat(run.status()).isZero();
        assertThat(run.alert().at("/event/severity").asInt()).isEqualTo(21);
        assertThat(run.alert().at("/event/reason").asText())
                .startsWith("Severity fixed by settings: low, would be medium.");
    }

    @Test
    void shouldAddTheCriticalityOfATargetToTheRisk() throws IOException {
        int plain = Run.analyze(work, SCAN).alert().at("/event/risk_score").asInt();
        JsonNode alert = analyze("assets: [{address: 192.168.100.99, name: lab, criticality: critical}]", SCAN)
                .alert();

        assertThat(alert.at("/event/risk_score").asInt()).isEqualTo(plain + 16);
        assertThat(alert.at("/event/reason").asText()).contains("critical asset lab +16");
    }

    @Test
    void shouldDecideWithTheThresholdsThatAreSet() throws IOException {
        assertThat(analyze("rules: {port-scan: {ports: 30, unseen-ports: 40}}", SCAN)
                        .alerts())
                .isEmpty();
        assertThat(analyze("rules: {port-scan: {enabled: false}}", SCAN).alerts())
                .isEmpty();
    }

    @Test
    void shouldAnalyseNothingWithSettingsThatAreWrong() throws IOException {
        Run run = analyze("rules: {port-scn: {}}\nzone: {}\n", SCAN);

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.startsWith("tripline: " + work));
        assertThat(run.folder()).doesNotExist();
        assertThat(Run.analyze(work, "--config", work.resolve("none.yaml").toString(), SCAN)
                        .status())
                .isEqualTo(ExitStatus.INPUT_OUTPUT);
    }

    @Test
    void shouldTellOfContactWithAListedAddress() throws IOException {
        Files.writeString(work.resolve("list.txt"), "192.168.100.99\nnot an address\n");
        Run run = analyze("""
                rules: {port-scan: {enabled: false}}
                intel: [{file: list.txt, format: plain, name: feed, kind: c2}]
                """, "--json", SCAN);

        JsonNode alert = run.alert();
        assertThat(alert.at("/rule/id").asText()).isEqualTo("intel-match");
        assertThat(alert.at("/event/severity").asInt()).isEqualTo(73);
        assertThat(alert.path("message").asText())
                .startsWith("192.168.100.95 reached 192.168.100.99, listed by feed (c2): ");
        assertThat(alert.at("/tripline/intel/begun_by").asText()).isEqualTo("host");
        assertThat(alert.at("/tripline/spoofable").asBoolean()).isFalse();
        assertThat(run.summary().at("/intel/0/not_understood/several words").asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldTellWhoAskedForAListedDomain() throws IOException {
        String queried = domain();
        Files.writeString(work.resolve("list.txt"), queried + "\n");
        Run run = analyze("""
                rules: {dns-tunnel: {enabled: false}}
                intel: [{file: list.txt, format: plain, name: feed}]
                """, DNS);

        assertThat(run.alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.at("/tripline/intel/entry").asText()).isEqualTo(queried);
            assertThat(alert.path("message").asText()).contains(" asked for ", "listed by feed (listed) as " + queried);
            assertThat(alert.at("/event/severity").asInt()).isEqualTo(47);
        });
    }

    /** Rests on nothing but the capture: the domain under which most names lie. */
    private static String domain() throws IOException {
        java.util.Map<String, Integer> names = new java.util.TreeMap<>();
        try (var captures = io.tripline.sensor.capture.Captures.open(
                java.util.List.of(DNS), java.io.InputStream.nullInputStream())) {
            var sensor = new io.tripline.sensor.Sensor(
                    io.tripline.sensor.flow.SensorSettings.of("t", ""),
                    batch -> batch.getRecords().forEach(record -> {
                        if (record.getDns() != null) {
                            String[] labels = record.getDns().getName().split("\\.", -1);
                            if (labels.length > 2) {
                                names.merge(
                                        labels[labels.length - 2] + "." + labels[labels.length - 1], 1, Integer::sum);
                            }
                        }
                    }));
            while (captures.read(sensor, 4_096) > 0) {
                // read on
            }
            sensor.flush();
        }
        return java.util.Collections.max(names.entrySet(), java.util.Map.Entry.comparingByValue())
                .getKey();
    }
}
