package io.tripline.rules.probe.portscan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.Rules;
import io.tripline.rules.engine.Traffic;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.probe.hostsweep.HostSweep;
import io.tripline.schemas.Technique;
import org.junit.jupiter.api.Test;

class PortScanTest {
    private static final String SCANNER = "192.168.1.66";
    private static final String TARGET = "192.168.1.10";

    @Test
    void shouldOpenOneIncidentWhenTwentyOnePortsFailWithinAMinute() {
        assertThat(ports(21, 2.9).opened(PortScan.RULE)).singleElement().satisfies(finding -> {
            assertThat(finding.actor()).hasToString(SCANNER);
            assertThat(finding.hostSample()).extracting(Object::toString).containsExactly(TARGET);
            assertThat(finding.services()).isEqualTo(21);
            assertThat(finding.serviceRanges()).isEqualTo("tcp 1-21");
            assertThat(finding.outcomes()).isEqualTo(new Finding.Outcomes(0, 21, 0));
            assertThat(finding.techniques()).containsExactly(java.util.Map.entry(Probing.SYN, 21L));
            assertThat(finding.reasons()).contains(Reason.of(PortScanTestId.PORTS, "", 21, 20));
        });
    }

    @Test
    void shouldStayQuietAtTwentyPorts() {
        assertThat(ports(20, 0.01).findings()).isEmpty();
    }

    @Test
    void shouldStayQuietWhenTwentyOnePortsTakeTwoMinutes() {
        assertThat(ports(21, 6).opened(PortScan.RULE)).isEmpty();
    }

    @Test
    void shouldForgetAPortWhenItsSecondLeavesTheWindow() {
        assertThat(ports(21, 2.95).opened(PortScan.RULE)).hasSize(1);
        assertThat(ports(21, 3.0).opened(PortScan.RULE)).isEmpty();
    }

    @Test
    void shouldStayQuietWhenAllPortsAreOpen() {
        Traffic ftp = new Traffic();
        for (int port = 40_000; port < 40_060; port++) {
            ftp.after(0.01).connect(SCANNER, TARGET, port).accepted().completed();
        }
        assertThat(ftp.findings()).isEmpty();
    }

    @Test
    void shouldStayQuietWhenHalfOfThePortsAnswer() {
        Traffic traffic = new Traffic();
        for (int port = 1; port <= 40; port++) {
            traffic.after(0.01).syn(SCANNER, TARGET, port);
            if (port % 2 == 0) {
                traffic.accepted();
            } else {
                traffic.refused();
            }
        }
        assertThat(traffic.opened(PortScan.RULE)).isEmpty();
    }

    @Test
    void shouldJudgeSilenceOnlyAfterTheTimeForAnAnswer() {
        Traffic traffic = new Traffic();
        for (int port = 1; port <= 30; port++) {
            traffic.at(0.01 * port).syn(SCANNER, TARGET, port);
        }
        assertThat(traffic.opened(PortScan.RULE)).singleElement().satisfies(finding -> {
            assertThat(finding.crossed()).isEqualTo(Traffic.START + 3_000_000);
            assertThat(finding.outcomes()).isEqualTo(new Finding.Outcomes(0, 0, 30));
        });
    }

    @Test
    void shouldAskForAHundredPortsWhereAnswersAreNotVisible() {
        assertThat(silent(100).findings()).isEmpty();
        assertThat(silent(101).opened(PortScan.RULE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.answersSeen()).isFalse());
    }

    @Test
    void shouldTakeOneAnswerToTheActorAsProofThatAnswersAreVisible() {
        Traffic traffic = silent(30).syn(SCANNER, TARGET, 443).accepted();
        assertThat(traffic.opened(PortScan.RULE)).hasSize(1);
    }

    @Test
    void shouldAlertFromTheFirstStealthPacketsOn() {
        Traffic traffic = new Traffic()
                .syn(SCANNER, TARGET, 22)
                .refused()
                .after(0.05)
                .stealth(Technique.XMAS, SCANNER, TARGET, 22)
                .refused()
                .after(0.05)
                .stealth(Technique.NULL, SCANNER, TARGET, 22)
                .refused()
                .after(0.05)
                .stealth(Technique.FIN, SCANNER, TARGET, 22)
                .refused()
                .after(0.05)
                .udp(SCANNER, TARGET, 53);
        assertThat(traffic.opened(PortScan.RULE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.techniques())
                        .containsOnlyKeys(Probing.SYN, Probing.XMAS, Probing.NULL, Probing.FIN, Probing.UDP));
    }

    @Test
    void shouldNotJoinTechniquesThatLieFarApart() {
        Traffic traffic = new Traffic()
                .syn(SCANNER, TARGET, 22)
                .refused()
                .after(30)
                .stealth(Technique.NULL, SCANNER, TARGET, 23)
                .refused();
        assertThat(traffic.findings()).isEmpty();
    }

    @Test
    void shouldKeepAllTechniquesInOneIncident() {
        Traffic traffic = new Traffic();
        for (Technique technique : new Technique[] {
            Technique.SYN, Technique.XMAS, Technique.MAIMON, Technique.ACK, Technique.ILLEGAL_FLAGS, Technique.UDP
        }) {
            for (int port = 1; port <= 30; port++) {
                traffic.after(0.02);
                if (technique == Technique.UDP) {
                    traffic.udp(SCANNER, TARGET, port).refused();
                } else {
                    traffic.stealth(technique, SCANNER, TARGET, port).refused();
                }
            }
        }
        assertThat(traffic.closed(PortScan.RULE)).singleElement().satisfies(finding -> {
            assertThat(finding.techniques())
                    .containsOnlyKeys(
                            Probing.SYN, Probing.XMAS, Probing.MAIMON, Probing.ACK, Probing.ILLEGAL_FLAGS, Probing.UDP);
            assertThat(finding.techniques().values()).containsOnly(30L);
            assertThat(finding.serviceRanges()).isEqualTo("tcp 1-30; udp 1-30");
        });
    }

    @Test
    void shouldCallCompletedHandshakesAConnectScan() {
        Traffic traffic = new Traffic();
        for (int port = 1; port <= 30; port++) {
            traffic.after(0.02).connect(SCANNER, TARGET, port).refused();
        }
        traffic.connect(SCANNER, TARGET, 80).accepted().completed();
        assertThat(traffic.closed(PortScan.RULE).get(0).techniques()).containsOnlyKeys(Probing.CONNECT);
    }

    @Test
    void shouldCallTornDownHandshakesASynScanWhateverTheOptionsSay() {
        Traffic traffic = new Traffic();
        for (int port = 1; port <= 30; port++) {
            traffic.after(0.02).connect(SCANNER, TARGET, port).refused();
        }
        traffic.connect(SCANNER, TARGET, 80).accepted().reset();
        assertThat(traffic.closed(PortScan.RULE).get(0).techniques()).containsOnlyKeys(Probing.SYN);
    }

    @Test
    void shouldNotTakeTracerouteForAScan() {
        Traffic traffic = new Traffic();
        for (int hop = 1; hop <= 30; hop++) {
            traffic.after(0.1).udp(SCANNER, TARGET, 33_433 + hop).ttl(hop);
            if (hop < 15) {
                traffic.expired("10.0.0." + hop);
            } else {
                traffic.refused();
            }
        }
        assertThat(traffic.findings()).isEmpty();
    }

    @Test
    void shouldSeeAScanOfIpProtocols() {
        Traffic traffic = new Traffic();
        for (int protocol = 100; protocol < 130; protocol++) {
            traffic.after(0.01).ipProtocol(SCANNER, TARGET, protocol).refused();
        }
        assertThat(traffic.opened(PortScan.RULE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.techniques()).containsOnlyKeys(Probing.IP_PROTOCOL));
    }

    @Test
    void shouldKeepAllTargetsOfAScannerInOneIncident() {
        Traffic traffic = new Traffic();
        for (int host = 1; host <= 3; host++) {
            for (int port = 1; port <= 30; port++) {
                traffic.after(0.01).syn(SCANNER, "192.168.1." + host, port).refused();
            }
        }
        assertThat(traffic.opened(PortScan.RULE)).hasSize(1);
        assertThat(traffic.closed(PortScan.RULE).get(0).hosts()).isEqualTo(3);
    }

    @Test
    void shouldUpdateAtMostEveryThirtySecondsAndCloseAfterQuiet() {
        Traffic traffic = new Traffic();
        for (int port = 1; port <= 100; port++) {
            traffic.at(port).syn(SCANNER, TARGET, port).refused();
        }
        assertThat(traffic.findings())
                .filteredOn(finding -> finding.rule().equals(PortScan.RULE))
                .extracting(Finding::stage, finding -> (finding.changed() - Traffic.START) / 1_000_000)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Finding.Stage.OPENED, 22L),
                        org.assertj.core.groups.Tuple.tuple(Finding.Stage.UPDATED, 52L),
                        org.assertj.core.groups.Tuple.tuple(Finding.Stage.UPDATED, 82L),
                        org.assertj.core.groups.Tuple.tuple(Finding.Stage.UPDATED, 112L),
                        org.assertj.core.groups.Tuple.tuple(Finding.Stage.CLOSED, 160L));
    }

    @Test
    void shouldLeaveNothingBehind() {
        ActorState state = new ActorState();
        ActorRules rules = Rules.aboutActors();
        io.tripline.rules.probe.ActivityFold fold = new io.tripline.rules.probe.ActivityFold(state::add);
        ports(50, 0.1).batches().forEach(fold::add);
        fold.flush();
        while (!rules.isIdle(state)) {
            rules.complete(state.next(), Traffic.address(SCANNER), state, finding -> {});
        }
        assertThat(rules.isIdle(state)).isTrue();
        assertThat(state.isNothingPending()).isTrue();
        assertThat(state.history.contacts().size()).isZero();
    }

    private static Traffic ports(int count, double gap) {
        Traffic traffic = new Traffic();
        for (int port = 1; port <= count; port++) {
            traffic.at((port - 1) * gap).syn(SCANNER, TARGET, port).refused();
        }
        return traffic;
    }

    private static Traffic silent(int count) {
        Traffic traffic = new Traffic().withoutVisibleAnswers();
        for (int port = 1; port <= count; port++) {
            traffic.at(port * 0.02).syn(SCANNER, TARGET, 1_000 + port);
        }
        return traffic;
    }

    @Test
    void shouldNotCountPortsThatAnswerTheActorElsewhere() {
        Traffic balancer = new Traffic();
        for (int port = 8_000; port < 8_030; port++) {
            balancer.after(0.05).connect(SCANNER, "10.0.0.1", port).accepted().completed();
            balancer.connect(SCANNER, "10.0.0.2", port).refused();
        }
        assertThat(balancer.findings()).isEmpty();
    }

    @Test
    void shouldNotHideALargeScanBehindAHostThatIsOpenEverywhere() {
        Traffic traffic = new Traffic();
        for (int port = 1; port <= 101; port++) {
            traffic.after(0.05).syn(SCANNER, "203.0.113.9", port).accepted();
            traffic.syn(SCANNER, TARGET, port).refused();
        }
        assertThat(traffic.opened(PortScan.RULE)).hasSize(1);
    }

    @Test
    void shouldNotTakeTheEndOfAForgottenConnectionAndANewOneForTwoTechniques() {
        Traffic traffic = new Traffic()
                .stealth(Technique.MAIMON, SCANNER, TARGET, 443)
                .refused()
                .after(0.1)
                .connect(SCANNER, TARGET, 443)
                .accepted()
                .completed();
        assertThat(traffic.findings()).isEmpty();
    }

    @Test
    void shouldNotTakeOnePortThatStandsForManyForAScan() {
        Traffic sweep = new Traffic();
        for (int host = 0; host < 300_000; host++) {
            sweep.syn(SCANNER, "10." + (host >> 16) + "." + (host >> 8 & 255) + "." + (host & 255), 80)
                    .refused();
        }
        assertThat(sweep.opened(PortScan.RULE)).isEmpty();
        assertThat(sweep.opened(HostSweep.RULE)).singleElement().satisfies(finding -> {
            assertThat(finding.approximate()).isTrue();
            assertThat(finding.outcomes().closed()).isBetween(270_000L, 330_000L);
        });
    }
}
