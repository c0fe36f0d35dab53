package io.tripline.rules.probe;

import static io.tripline.rules.alert.FindingBuilder.OUTSIDE;
import static io.tripline.rules.alert.FindingBuilder.arpSweep;
import static io.tripline.rules.alert.FindingBuilder.hostSweep;
import static io.tripline.rules.alert.FindingBuilder.portScan;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.Rules;
import io.tripline.rules.alert.Direction;
import io.tripline.rules.alert.FindingBuilder;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.alert.Score;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.alert.Zones;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.incident.Techniques;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How bad a scan is taken to be. */
class ScanScoreTest {
    static Stream<Arguments> scans() {
        return Stream.of(
                row("1,000 ports from inside", portScan(1_000), 75, 95, Severity.HIGH),
                row("... with open ones", portScan(1_000).open(22), 83, 95, Severity.HIGH),
                row("... from outside", portScan(1_000).from(OUTSIDE), 63, 95, Severity.MEDIUM),
                row("... from outside, open ones", portScan(1_000).from(OUTSIDE).open(22), 71, 95, Severity.MEDIUM),
                row("... answers not visible", portScan(1_000).answersUnseen(), 49, 60, Severity.MEDIUM),
                row(
                        "... from outside, not visible",
                        portScan(1_000).from(OUTSIDE).answersUnseen(),
                        37,
                        60,
                        Severity.LOW),
                row("... by every means", everything(), 98, 99, Severity.HIGH),
                row("21 ports from inside", portScan(21), 59, 95, Severity.MEDIUM),
                row("21 ports from outside", portScan(21).from(OUTSIDE), 47, 95, Severity.MEDIUM),
                row("five stealth probes", stealth(), 87, 99, Severity.HIGH),
                row("... from outside", stealth().from(OUTSIDE), 75, 99, Severity.HIGH),
                row("six failures, sequential test", sixFailures(), 22, 55, Severity.LOW),
                row("... from outside", sixFailures().from(OUTSIDE), 10, 55, Severity.LOW),
                row("ARP sweep of a /24", arpSweep(254), 50, 85, Severity.MEDIUM),
                row("ARP sweep of 31 hosts", arpSweep(31), 42, 85, Severity.LOW),
                row("254 hosts from inside", hostSweep(254, 445), 60, 95, Severity.MEDIUM),
                row("10,000 hosts, estimated", hostSweep(10_000, 445).approximate(), 64, 85, Severity.MEDIUM),
                row("10,000 hosts, open ones", hostSweep(10_000, 445).open(445), 76, 95, Severity.HIGH),
                row("21 hosts from outside", hostSweep(21, 445).from(OUTSIDE), 40, 95, Severity.LOW));
    }

    @ParameterizedTest(name = "{0}: risk {2}, confidence {3}, {4}")
    @MethodSource("scans")
    void shouldWeigh(String what, Finding finding, int risk, int confidence, Severity severity) {
        Score score = score(finding);

        assertThat(score.risk()).as("%s: %s", what, score.riskParts()).isEqualTo(risk);
        assertThat(score.confidence())
                .as("%s: %s", what, score.confidenceParts())
                .isEqualTo(confidence);
        assertThat(score.severity()).isEqualTo(severity);
    }

    @Test
    void shouldTellWhatAScoreIsMadeOf() {
        assertThat(score(portScan(1_000).open(22).build()).riskParts())
                .extracting(Score.Part::toString)
                .containsExactly(
                        "port-scan +47", "internal source +12", "500 or more services +16", "open services found +8");
        assertThat(score(sixFailures().build()).riskParts())
                .extracting(Score.Part::toString)
                .containsExactly(
                        "host-sweep +40", "internal source +12", "sequential test alone -20", "few failures -10");
    }

    @Test
    void shouldCountASynScanThatConnectsAndAnAckScanThatReadsWindowsOnce() {
        Finding pairs = portScan(30)
                .by(Probing.SYN, 10)
                .by(Probing.CONNECT, 10)
                .by(Probing.ACK, 10)
                .by(Probing.WINDOW, 10)
                .build();

        assertThat(Techniques.distinct(pairs)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "1, LOW",
        "21, LOW",
        "46, LOW",
        "47, MEDIUM",
        "72, MEDIUM",
        "73, HIGH",
        "98, HIGH",
        "99, CRITICAL",
        "100, CRITICAL"
    })
    void shouldReachASeverityWithItsNumber(int risk, Severity severity) {
        assertThat(Severity.ofRisk(risk)).isEqualTo(severity);
    }

    @Test
    void shouldHaveTheNumbersThatElasticSecurityNames() {
        assertThat(Severity.values()).extracting(Severity::number).containsExactly(21, 47, 73, 99);
        assertThat(Severity.values()).extracting(Severity::id).containsExactly("low", "medium", "high", "critical");
    }

    private static Arguments row(String what, FindingBuilder finding, int risk, int confidence, Severity severity) {
        return Arguments.of(what, finding.build(), risk, confidence, severity);
    }

    private static FindingBuilder stealth() {
        return portScan(5).by(Probing.FIN, 2).by(Probing.NULL, 2).by(Probing.XMAS, 1);
    }

    private static FindingBuilder everything() {
        return portScan(1_000)
                .hosts(600)
                .open(22)
                .by(Probing.SYN, 1)
                .by(Probing.FIN, 1)
                .by(Probing.XMAS, 1);
    }

    private static FindingBuilder sixFailures() {
        return hostSweep(6, 445).bySequentialTestAlone();
    }

    private static Score score(Finding finding) {
        boolean internal = Zones.DEFAULT.isInternal(finding.actor());
        RuleDescription rule = Rules.CATALOGUE.rule(finding.rule());
        return rule.score().apply(rule, new Case(finding, Direction.INTERNAL, internal));
    }
}
