package io.tripline.rules.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.Scan.Way;
import io.tripline.rules.probe.hostsweep.HostSweep;
import io.tripline.rules.probe.portscan.PortScan;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where scans and sweeps begin and cease to be found, as their conditions get worse; prints a line of the table for each. */
class VariationsTest {
    private static final long SEED = 20_260_102;

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldFindTwentyOnePortsWhateverTheWay(Way way) {
        assertThat(found(new Scan(way).ports(21))).isTrue();
        assertThat(found(new Scan(way).ports(20))).isFalse();
        assertThat(found(new Scan(way).ports(21).ipv6())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldFindThemAtTwentyPortsAMinute(Way way) {
        edge(way + " seconds between ports / 100", 100, 400, gap -> found(new Scan(way).gap(gap / 100.0)), 299);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldFindThemMirroredTwice(Way way) {
        assertThat(found(new Scan(way).ports(21), Wire::twice)).isTrue();
        assertThat(found(new Scan(way).ports(20), Wire::twice)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldFindThemFromTheMiddleOn(Way way) {
        assertThat(found(new Scan(way).ports(60), wire -> wire.fromMiddle(0.5))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldFindThemBesideOthersTraffic(Way way) {
        assertThat(found(new Scan(way).ports(40), VariationsTest::besideOthers)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldFindThemThroughLoss(Way way) {
        int edge = edge(
                way + " loss %", 0, 90, loss -> found(new Scan(way).ports(200), wire -> wire.lossy(loss / 100.0)), -1);
        assertThat(edge).isGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"SYN", "CONNECT", "UDP", "SYN_FIN", "SYN_PSH"})
    void shouldFindThemUntilHalfOfThePortsAreOpen(Way way) {
        edge(way + " open %", 0, 100, open -> found(new Scan(way).ports(100).open(open / 100.0, 0)), 49);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldFindThemBehindAFirewall(Way way) {
        assertThat(found(new Scan(way).ports(30).open(0, 0.9))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldAskForAHundredPortsWhereOnlyRequestsAreSeen(Way way) {
        UnaryOperator<Wire> requests = wire -> wire.onlyFrom(Scan.SCANNER);
        assertThat(found(new Scan(way).ports(100), requests)).isFalse();
        assertThat(found(new Scan(way).ports(101), requests)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldSayNothingWhereOnlyAnswersAreSeen(Way way) {
        Wire wire = new Scan(way).ports(200).play(new Wire(SEED)).onlyTo(Scan.SCANNER);
        assertThat(wire.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 53, 80, 88})
    void shouldNotBeFooledByAServicesSourcePort(int sourcePort) {
        for (Way way : Way.values()) {
            boolean hidden = way == Way.SYN_ACK;
            assertThat(found(new Scan(way).ports(60).sourcePort(sourcePort)) || hidden)
                    .as("%s", way)
                    .isTrue();
        }
        for (Way way : new Way[] {Way.SYN, Way.FIN, Way.XMAS, Way.UDP}) {
            assertThat(found(new Scan(way).from(20_000).sourcePort(sourcePort)))
                    .as("%s", way)
                    .isTrue();
        }
    }

    @Test
    void shouldNotTellAckScansFromAServersOldConnectionsWhereThePortsSayServer() {
        assertThat(found(new Scan(Way.ACK).from(20_000).sourcePort(80))).isFalse();
        assertThat(found(new Scan(Way.MAIMON).from(20_000).sourcePort(80))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFindSweepsThatAThirdAnswers(boolean tcp) {
        edge((tcp ? "TCP" : "ICMP") + " sweep hosts, a third answers", 50, 3, hosts -> sweep(hosts, tcp, 3, 0.5), -1);
        assertThat(sweep(35, tcp, 3, 0.5)).isTrue();
        assertThat(sweep(35, tcp, 3, 1.5)).isTrue();
    }

    @Test
    void shouldFindASweepThatNobodyAnswersAfterSixHosts() {
        assertThat(sweep(6, true, 1_000, 0.5)).isTrue();
        assertThat(sweep(5, true, 1_000, 0.5)).isFalse();
        assertThat(sweep(6, false, 1_000, 0.5)).isTrue();
    }

    @Test
    void shouldFindThirtyOneUnansweredArpRequests() {
        assertThat(arp(31, 1)).isTrue();
        assertThat(arp(30, 1)).isFalse();
        assertThat(arp(31, 2)).isFalse();
    }

    private static boolean sweep(int hosts, boolean tcp, int everyAnswers, double gap) {
        Wire wire = besideOthers(new Wire(SEED));
        for (int i = 1; i <= hosts; i++) {
            wire.at(10 + i * gap);
            String host = "10.9.0." + i;
            boolean answers = i % everyAnswers == 0;
            if (!tcp) {
                wire.ping(Scan.SCANNER, host, 1_000 + i);
                if (answers) {
                    wire.pong(host, Scan.SCANNER, 1_000 + i);
                }
            } else if (answers) {
                wire.connection(Scan.SCANNER, wire.ephemeral(), host, 22, 1, 0.001);
            } else {
                wire.silent(Scan.SCANNER, host, 22);
            }
        }
        return found(wire, HostSweep.RULE, Scan.SCANNER);
    }

    private static boolean arp(int silent, double gap) {
        Wire wire = new Wire(SEED).arpRequest(Scan.SCANNER, "192.168.1.1").arpReply("192.168.1.1", Scan.SCANNER);
        for (int i = 0; i < silent; i++) {
            wire.at(1 + i * gap).arpRequest(Scan.SCANNER, "192.168.1." + (100 + i));
        }
        return found(wire, HostSweep.RULE, Scan.SCANNER);
    }

    private static Wire besideOthers(Wire wire) {
        for (int i = 0; i < 100; i++) {
            wire.at(i * 0.2)
                    .connection(
                            "192.168.1." + (100 + i % 20), wire.ephemeral(), "203.0.113." + (i % 50 + 1), 443, 3, 0.01);
        }
        return wire;
    }

    private static boolean found(Scan scan) {
        return found(scan, wire -> wire);
    }

    private static boolean found(Scan scan, UnaryOperator<Wire> view) {
        return found(view.apply(scan.play(new Wire(SEED))), PortScan.RULE, scan.scanner());
    }

    private static boolean found(Wire wire, String rule, String actor) {
        boolean found = false;
        for (Finding finding : wire.findings()) {
            assertThat(finding.actor()).as("%s", finding).isEqualTo(Wire.address(actor));
            found |= finding.rule().equals(rule);
        }
        return found;
    }

    /** The last value on the way from first to last, by bisection, at which there still is a hit; checked where it is promised. */
    private static int edge(String what, int first, int last, IntFunction<Boolean> hit, int promised) {
        int good = first;
        int bad = last;
        while (Math.abs(bad - good) > 1) {
            int middle = (good + bad) / 2;
            if (hit.apply(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        System.out.printf("%-48s %4d%n", what, good);
        if (promised >= 0) {
            assertThat(good).as(what).isEqualTo(promised);
        }
        return good;
    }
}
