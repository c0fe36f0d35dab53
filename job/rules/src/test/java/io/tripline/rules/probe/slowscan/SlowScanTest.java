package io.tripline.rules.probe.slowscan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Traffic;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.probe.LookAlikes;
import io.tripline.rules.probe.portscan.PortScan;
import io.tripline.schemas.TcpFlags;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SlowScanTest {
    private static final long SEED = 20_261_122;
    private static final String SCANNER = "192.168.1.66";
    private static final String TARGET = "192.168.1.10";

    private static Wire refusals(int ports, double gap) {
        Wire wire = new Wire(SEED);
        for (int port = 1; port <= ports; port++) {
            wire.at(port * gap).refused(SCANNER, TARGET, port);
        }
        return wire;
    }

    private static List<Finding> slow(Wire wire) {
        return wire.findings(SlowScan.RULE);
    }

    @Test
    void shouldOpenOneIncidentWhenTwentyOnePortsWereRefusedWithinADay() {
        assertThat(slow(refusals(20, 600))).isEmpty();

        assertThat(slow(refusals(21, 600))).singleElement().satisfies(finding -> {
            assertThat(finding.actor()).isEqualTo(Wire.address(SCANNER));
            assertThat(finding.hostSample()).containsExactly(Wire.address(TARGET));
            assertThat(finding.services()).isEqualTo(21);
            assertThat(finding.reasons()).extracting(Reason::value).contains(21L);
        });
    }

    @Test
    void shouldForgetWhatIsOlderThanADay() {
        assertThat(slow(refusals(21, 4_000))).hasSize(1);
        assertThat(slow(refusals(21, 4_400))).isEmpty();
    }

    @Test
    void shouldLeaveAFastScanToTheRuleAboutOneMinute() {
        List<Finding> findings = refusals(300, 0.1).findings();

        assertThat(findings).extracting(Finding::rule).containsExactly(PortScan.RULE);
    }

    /** While it goes on, silence is known two seconds after the probe only, and what is not known yet counts as tried. */
    @Test
    void shouldLeaveAScanOfAFirewalledHostToTheRuleAboutOneMinute() {
        for (double gap : new double[] {0.02, 0.05, 0.09}) {
            Wire wire = new Wire(SEED);
            wire.at(0).connection(SCANNER, wire.ephemeral(), TARGET, 22, 1, 0.01);
            for (int port = 100; port < 600; port++) {
                wire.at(1 + (port - 100) * gap).silent(SCANNER, TARGET, port);
            }
            assertThat(rules(wire)).as("one port each %s s", gap).containsExactly(PortScan.RULE);
        }
    }

    @Test
    void shouldNotTakeTheEndOfAFastScanForAScanOfItsOwn() {
        Wire wire = refusals(40, 0.1);
        for (int port = 41; port <= 70; port++) {
            wire.at(100 + (port - 41) * 100).refused(SCANNER, TARGET, port);
        }
        assertThat(rules(wire)).containsExactly(PortScan.RULE);
    }

    @Test
    void shouldFindASlowScanOfTheSameTargetThatBeginsAnHourAfterTheFastOne() {
        Wire wire = refusals(40, 0.1);
        for (int port = 41; port <= 61; port++) {
            wire.at(3_800 + (port - 41) * 100).refused(SCANNER, TARGET, port);
        }
        assertThat(rules(wire)).containsExactly(PortScan.RULE, SlowScan.RULE);
    }

    @Test
    void shouldFindASlowScanOfAnotherTargetBesideFastOnes() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 21; i++) {
            wire.at(i * 120).refused(SCANNER, "192.168.1.20", 1_000 + i);
            for (int port = 1; port <= 40; port++) {
                wire.at(i * 120 + 10 + port * 0.1).refused(SCANNER, TARGET, port);
            }
        }
        assertThat(slow(wire)).singleElement().satisfies(finding -> {
            assertThat(finding.hostSample()).containsExactly(Wire.address("192.168.1.20"));
            assertThat(finding.services()).isEqualTo(21);
        });
    }

    @Test
    void shouldLeaveAScanOfManyHostsAndPortsToTheRulesAboutOneMinute() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 4_000; i++) {
            int host = wire.random().nextInt(40);
            wire.at(i * 0.05)
                    .refused(
                            SCANNER,
                            "192.168.1." + (host + 10),
                            1 + wire.random().nextInt(200));
        }
        assertThat(slow(wire)).isEmpty();
    }

    @Test
    void shouldFindABurstThatNoRuleAboutOneMinuteTakes() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 40; i++) {
            wire.at(i * 0.5).refused(SCANNER, "10.3.0." + (i + 1), 2_000 + i);
        }
        assertThat(rules(wire)).containsExactly(SlowScan.RULE);
    }

    private static Set<String> rules(Wire wire) {
        return wire.findings().stream().map(Finding::rule).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Test
    void shouldFindElevenFinProbesThatNobodyAnswersAtATapOfOneDirection() {
        Wire wire = new Wire(SEED);
        for (int port = 1; port <= 11; port++) {
            wire.at(port * 60).crafted(SCANNER, 40_000, TARGET, port, TcpFlags.FIN);
        }
        assertThat(slow(wire)).hasSize(1);
    }

    @Test
    void shouldAskForAHundredServicesWhereNoAnswersAreSeen() {
        assertThat(slow(silentOneWay(100))).isEmpty();
        assertThat(slow(silentOneWay(101))).singleElement().satisfies(finding -> {
            assertThat(finding.answersSeen()).isFalse();
            assertThat(Wire.severity(finding)).isEqualTo(Severity.LOW);
        });
    }

    /** Connections of others show that this tap sees one direction only. */
    private static Wire silentOneWay(int ports) {
        Wire wire = new Wire(SEED);
        for (int port = 1; port <= ports; port++) {
            wire.at(port * 10);
            wire.connection(LookAlikes.HOST, wire.ephemeral(), "203.0.113.1", 443, 20, 0.001);
            wire.silent(SCANNER, TARGET, port);
        }
        return wire.fromAnyOf(List.of(LookAlikes.HOST, SCANNER));
    }

    @Test
    void shouldFindASweepOfOneHostEachThreeMinutes() {
        Wire wire = new Wire(SEED);
        for (int host = 1; host <= 40; host++) {
            wire.at(host * 180);
            if (host % 4 == 0) {
                wire.connection(SCANNER, wire.ephemeral(), "10.1.0." + host, 445, 2, 0.01);
            } else {
                wire.refused(SCANNER, "10.1.0." + host, 445);
            }
        }
        assertThat(slow(wire)).hasSize(1);
    }

    @Test
    void shouldStayQuietAboutAClientThatKeepsAskingForThreeDeadServers() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 700; i++) {
            wire.at(i * 60).refused(SCANNER, "10.1.0." + (i % 3 + 1), 443);
        }
        assertThat(slow(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutALaptopWithoutNetwork() {
        Wire wire = new Wire(SEED);
        for (int i = 1; i <= 200; i++) {
            wire.at(i * 30).silent(SCANNER, "203.0.113." + i, 443);
        }
        assertThat(slow(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutAMonitorWithThirtyDeadTargetsOfAHundred() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 600; i++) {
            wire.at(i * 7);
            String host = "10.2.0." + (i % 100 + 1);
            if (i % 100 < 30) {
                wire.refused(SCANNER, host, 22);
            } else {
                wire.connection(SCANNER, wire.ephemeral(), host, 22, 1, 0.01);
            }
        }
        assertThat(slow(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutAPeerOfASwarm() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 200; i++) {
            wire.at(i * 20);
            String peer = "198.51." + i / 100 + "." + (i % 100 + 1);
            int port = 10_000 + wire.random().nextInt(50_000);
            if (i % 3 == 0) {
                wire.connection(SCANNER, wire.ephemeral(), peer, port, 5, 0.01);
            } else {
                wire.refused(SCANNER, peer, port);
            }
        }
        assertThat(slow(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietWhereMorePortsOfTheTargetAnswerThanFail() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 120; i++) {
            wire.at(i * 30);
            if (i % 4 == 1) {
                wire.refused(SCANNER, TARGET, 40_000 + i);
            } else {
                wire.connection(SCANNER, wire.ephemeral(), TARGET, 40_000 + i, 5, 0.01);
            }
        }
        assertThat(slow(wire)).isEmpty();
    }

    @Test
    void shouldNotRememberTheSourcesOfAFlood() {
        Traffic flood = new Traffic();
        for (int i = 0; i < 4_000; i++) {
            flood.syn("10." + i / 250 + ".1." + (i % 250 + 1), TARGET, 81).refused();
        }
        flood.at(4).syn("10.99.0.1", TARGET, 81).refused();

        assertThat(flood.remembered(60)).isBetween(1L, 66L);
    }

    @Test
    void shouldRefuseThresholdsThatMakeNoSense() {
        assertThatThrownBy(() -> new SlowScan.Settings(0, 10, 100, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pairs: 0, must be 1 to 255");
        assertThatThrownBy(() -> new SlowScan.Settings(20, 10, 100, Duration.ZERO))
                .hasMessage("memory: 0s, must be whole seconds from 60s to 30d");
    }
}
