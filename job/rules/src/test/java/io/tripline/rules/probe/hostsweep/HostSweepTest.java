package io.tripline.rules.probe.hostsweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Traffic;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.incident.Reason;
import io.tripline.schemas.Technique;
import org.junit.jupiter.api.Test;

class HostSweepTest {
    private static final String SWEEPER = "192.168.1.66";

    @Test
    void shouldFindTwentyOneHostsThatFail() {
        Traffic traffic = new Traffic();
        answered(traffic, 20);
        for (int host = 1; host <= 21; host++) {
            traffic.after(0.1).syn(SWEEPER, "10.1.0." + host, 445);
        }
        assertThat(traffic.closed(HostSweep.RULE)).singleElement().satisfies(finding -> {
            assertThat(finding.actor()).hasToString(SWEEPER);
            assertThat(finding.scope()).isEqualTo("445/tcp");
            assertThat(finding.serviceRanges()).isEqualTo("tcp 445");
            assertThat(finding.hosts()).isEqualTo(41);
            assertThat(finding.outcomes()).isEqualTo(new Finding.Outcomes(20, 0, 21));
            assertThat(finding.reasons()).contains(Reason.of(HostSweepTestId.FAILED, "445/tcp", 21, 20));
        });
    }

    @Test
    void shouldStayQuietAtTwentyHostsAmongAsManyThatAnswer() {
        Traffic traffic = new Traffic();
        answered(traffic, 20);
        for (int host = 1; host <= 20; host++) {
            traffic.syn(SWEEPER, "10.1.0." + host, 445)
                    .syn(SWEEPER, "10.2.0." + host, 445)
                    .accepted();
            traffic.after(0.1);
        }
        assertThat(traffic.findings()).isEmpty();
    }

    @Test
    void shouldSeeSweepsByUdpAndSctp() {
        Traffic udp = new Traffic();
        Traffic sctp = new Traffic();
        for (int host = 1; host <= 21; host++) {
            udp.after(1).udp(SWEEPER, "10.1.0." + host, 161);
            sctp.after(1)
                    .stealth(Technique.SCTP, SWEEPER, "10.1.0." + host, 2_905)
                    .refused();
        }
        assertThat(udp.opened(HostSweep.RULE)).hasSize(1);
        assertThat(sctp.opened(HostSweep.RULE)).hasSize(1);
    }

    @Test
    void shouldStayQuietAtTwentySilentUdpHosts() {
        Traffic udp = new Traffic();
        for (int host = 1; host <= 20; host++) {
            udp.after(1).udp(SWEEPER, "10.1.0." + host, 161);
        }
        assertThat(udp.findings()).isEmpty();
    }

    @Test
    void shouldSeePingsOfWhichOverAQuarterFails() {
        assertThat(pings(24, 9).opened(HostSweep.RULE)).hasSize(1);
        assertThat(pings(200, 8).findings()).isEmpty();
    }

    private static Traffic pings(int hosts, int failing) {
        Traffic traffic = new Traffic();
        for (int host = 1; host <= hosts; host++) {
            traffic.after(0.2).ping(SWEEPER, "10.1.0." + host);
            if (host % (hosts / failing) != 0) {
                traffic.accepted();
            }
        }
        return traffic;
    }

    @Test
    void shouldDecideAfterSixFirstContactsThatFail() {
        assertThat(refusing(6).opened(HostSweep.RULE)).singleElement().satisfies(finding -> {
            assertThat(finding.reasons()).allMatch(reason -> reason.is(HostSweepTestId.FIRST_CONTACTS));
            assertThat(finding.hosts()).isEqualTo(6);
        });
        assertThat(refusing(5).findings()).isEmpty();
    }

    private static Traffic refusing(int hosts) {
        Traffic traffic = new Traffic();
        for (int host = 1; host <= hosts; host++) {
            traffic.after(1).syn(SWEEPER, "10.1.0." + host, 22).refused();
        }
        return traffic;
    }

    @Test
    void shouldNotAddUpAHostThatFailsAgainAndAgain() {
        Traffic traffic = new Traffic();
        for (int again = 0; again < 20; again++) {
            for (int host = 1; host <= 5; host++) {
                traffic.at(again * 70 + host).connect(SWEEPER, "10.1.0." + host, 22);
            }
        }
        assertThat(traffic.findings()).isEmpty();
    }

    @Test
    void shouldLetSuccessesMakeUpForFailures() {
        Traffic monitor = new Traffic();
        for (int host = 1; host <= 100; host++) {
            monitor.after(0.3).connect(SWEEPER, "10.1.0." + host, 9_100);
            if (host % 3 != 0) {
                monitor.accepted().completed();
            }
        }
        assertThat(monitor.findings()).isEmpty();
    }

    @Test
    void shouldCountAHostThatAnswersOtherwiseAsReached() {
        Traffic browser = new Traffic();
        for (int host = 1; host <= 60; host++) {
            browser.after(0.3).udp(SWEEPER, "203.0.113." + host, 443);
            browser.connect(SWEEPER, "203.0.113." + host, 443).accepted().completed();
        }
        assertThat(browser.findings()).isEmpty();
    }

    @Test
    void shouldTellTheSilenceOfAllFromTheSilenceOfMost() {
        Traffic cutOff = new Traffic();
        for (int host = 1; host <= 40; host++) {
            cutOff.after(0.3).connect(SWEEPER, "203.0.113." + host, 443);
        }
        assertThat(cutOff.closed(HostSweep.RULE))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.reasons()).allMatch(reason -> reason.is(HostSweepTestId.FIRST_CONTACTS)));
        for (int host = 41; host <= 101; host++) {
            cutOff.after(0.3).connect(SWEEPER, "203.0.113." + host, 443);
        }
        assertThat(cutOff.closed(HostSweep.RULE).get(0).reasons())
                .anyMatch(reason -> !reason.is(HostSweepTestId.FIRST_CONTACTS));
    }

    @Test
    void shouldAllowThirtyUnansweredArpRequests() {
        assertThat(arp(30).findings()).isEmpty();
        assertThat(arp(31).opened(HostSweep.RULE)).singleElement().satisfies(finding -> {
            assertThat(finding.techniques()).containsOnlyKeys(Probing.ARP);
            assertThat(finding.scope()).isEqualTo("arp");
        });
    }

    private static Traffic arp(int silent) {
        Traffic traffic = new Traffic().arp(SWEEPER, "192.168.1.1").accepted();
        for (int host = 100; host < 100 + silent; host++) {
            traffic.after(1).arp(SWEEPER, "192.168.1." + host);
        }
        return traffic;
    }

    @Test
    void shouldNotTakeAnArpAnswerForProofThatOtherAnswersAreSeen() {
        Traffic traffic = new Traffic()
                .withoutVisibleAnswers()
                .arp(SWEEPER, "192.168.1.1")
                .accepted();
        for (int host = 1; host <= 100; host++) {
            traffic.after(0.3).syn(SWEEPER, "10.1.0." + host, 22);
        }
        assertThat(traffic.findings()).isEmpty();
    }

    @Test
    void shouldAskForAHundredHostsWhereAnswersAreNotVisible() {
        assertThat(unseen(100).findings()).isEmpty();
        assertThat(unseen(101).opened(HostSweep.RULE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.answersSeen()).isFalse());
    }

    private static Traffic unseen(int hosts) {
        Traffic traffic = new Traffic().withoutVisibleAnswers();
        for (int host = 1; host <= hosts; host++) {
            traffic.after(0.3).syn(SWEEPER, "10.1.0." + host, 22);
        }
        return traffic;
    }

    @Test
    void shouldNotTakeThePeerOfASwarmForASweeper() {
        Traffic swarm = new Traffic();
        for (int peer = 1; peer <= 200; peer++) {
            int port = peer % 4 == 0 ? 6_881 : 10_000 + peer * 37;
            swarm.after(0.1).udp(SWEEPER, "10.1.0." + peer, port);
            if (peer % 3 == 1) {
                swarm.accepted();
            }
        }
        assertThat(swarm.findings()).isEmpty();
    }

    @Test
    void shouldNotTakeTheEndsOfForgottenConnectionsForProbes() {
        Traffic laptop = new Traffic();
        for (int host = 1; host <= 40; host++) {
            laptop.after(0.1).stealth(Technique.MAIMON, SWEEPER, "203.0.113." + host, 443);
            if (host % 2 == 0) {
                laptop.refused();
            }
        }
        assertThat(laptop.findings()).isEmpty();
    }

    @Test
    void shouldKeepAllServicesOfASweeperInOneIncident() {
        Traffic traffic = new Traffic();
        for (int host = 1; host <= 30; host++) {
            traffic.after(0.1).syn(SWEEPER, "10.1.0." + host, 22).refused();
            traffic.syn(SWEEPER, "10.1.0." + host, 445).refused();
        }
        assertThat(traffic.closed(HostSweep.RULE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.serviceRanges()).isEqualTo("tcp 22,445"));
    }

    @Test
    void shouldKeepFewReasonsHoweverManyServicesAreSwept() {
        Traffic traffic = new Traffic();
        for (int port = 1; port <= 300; port++) {
            for (int host = 1; host <= 21; host++) {
                traffic.after(0.001).syn(SWEEPER, "10.1.0." + host, port).refused();
            }
        }
        assertThat(traffic.closed(HostSweep.RULE)).singleElement().satisfies(finding -> {
            assertThat(finding.services()).isEqualTo(300);
            assertThat(finding.reasons()).hasSizeLessThanOrEqualTo(40);
        });
    }

    private static void answered(Traffic traffic, int hosts) {
        for (int host = 1; host <= hosts; host++) {
            traffic.after(0.1).syn(SWEEPER, "10.3.0." + host, 445).accepted();
        }
    }
}
