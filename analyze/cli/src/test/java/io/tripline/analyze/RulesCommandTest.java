package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.Rules;
import io.tripline.rules.engine.Rule;
import io.tripline.shell.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people can ask about rules. */
class RulesCommandTest {
    private static final String SCAN =
            TestCapture.SAMPLES.resolve("syn_21ports.pcap").toString();
    private static final String FTP =
            TestCapture.SAMPLES.resolve("benign_ftp_passive_60files.pcap").toString();

    @TempDir
    private Path work;

    private Run rules(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "rules";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Run.tripline(work, all);
    }

    @Test
    void shouldListEveryRuleOnALine() {
        Run run = rules("list");

        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).hasSameSizeAs(Rules.ALL);
        assertThat(run.out().lines().toList())
                .anyMatch(line -> line.matches("port-scan +on +up to high +T1046, T1595.001 +One source .*"))
                .anyMatch(line -> line.startsWith("intel-match        idle"));
    }

    @Test
    void shouldExplainEveryRuleFromItsPage() {
        for (Rule<?> rule : Rules.ALL) {
            Run run = rules("explain", rule.id());

            assertThat(run.status()).isZero();
            assertThat(run.out())
                    .as(rule.id())
                    .contains("Thresholds (rules: " + rule.id() + ":)", "What it sees", "What it cannot see")
                    .contains("More: docs/detections/" + rule.id() + ".md");
        }
        assertThat(rules("explain", "port-scn").err()).contains("did you mean 'port-scan'?");
    }

    @Test
    void shouldShowThresholdsAsTheyAreSet() throws IOException {
        Path file = Files.writeString(work.resolve("s.yaml"), "rules: {port-scan: {ports: 7}}");

        assertThat(rules("explain", "port-scan", "--config", file.toString()).out())
                .contains("7 (default 20)", "stealth-within           5s");
    }

    @Test
    void shouldSayWhyAScannerWasFound() {
        Run run = rules("explain", "port-scan", "--capture", SCAN, "--source", "192.168.100.95");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("Alert: medium, 192.168.100.95 scanned 21 ports of 192.168.100.99")
                .containsPattern(
                        "passed +21 +of more than 20 +distinct ports of one target in 60 s: 192.168.100.99, 2026-11-22T06:34:\\d\\dZ")
                .containsPattern("not passed +0 +of more than 100 +distinct ports of one target in 60 s, answers not")
                .contains("It alerts because of the tests that passed.");
    }

    @Test
    void shouldSayWhyAHarmlessSourceWasNot() {
        Run run = rules("explain", "port-scan", "--capture", FTP, "--source", harmless());

        assertThat(run.out())
                .contains("No alert", "not passed", "It does not alert:")
                .doesNotContain("Alert:");
    }

    /** Who began most in the harmless capture. */
    private static String harmless() {
        return "10.30.0.60";
    }

    @Test
    void shouldNameTheEntryThatAllowsIt() throws IOException {
        Path file = Files.writeString(work.resolve("s.yaml"), """
                allow:
                  - {source: 192.168.100.95, owner: me, reason: inventory, expires: 2099-12-31}
                """);
        Run run = rules(
                "explain", "port-scan", "--capture", SCAN, "--source", "192.168.100.95", "--config", file.toString());

        assertThat(run.out())
                .contains("Alert, suppressed: medium", "suppressed by s.yaml:2 until 2099-12-31 (me: inventory)")
                .contains("the settings suppress the alert");
    }

    @Test
    void shouldSayWhereThereIsNothingToExplain() {
        assertThat(rules("explain", "port-scan", "--capture", SCAN, "--source", "192.0.2.1")
                        .out())
                .contains("The capture has no packet of 192.0.2.1");
        assertThat(rules("explain", "port-scan", "--capture", SCAN).status()).isEqualTo(ExitStatus.USAGE);
        assertThat(rules("explain", "port-scan", "--capture", SCAN, "--source", "nobody")
                        .status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(rules("explain", "port-scan", "--capture", work + "/none.pcap", "--source", "192.0.2.1")
                        .status())
                .isEqualTo(ExitStatus.INPUT);
    }

    @Test
    void shouldCheckAFile() throws IOException {
        Path wrong = Files.writeString(work.resolve("wrong.yaml"), "rules: {port-scan: {ports: none}}");

        assertThat(rules("check", TestCapture.SAMPLES.resolve("tripline.yaml").toString())
                        .out())
                .contains("tripline.yaml is valid: 8 internal networks, 1 asset, 1 allow entry, 3 rules set")
                .contains("intel list example list: 4 entries of 4 read");
        assertThat(rules("check", wrong.toString()).status()).isEqualTo(ExitStatus.INPUT);
        assertThat(rules("check", work.resolve("none").toString()).status()).isEqualTo(ExitStatus.INPUT_OUTPUT);
    }
}
