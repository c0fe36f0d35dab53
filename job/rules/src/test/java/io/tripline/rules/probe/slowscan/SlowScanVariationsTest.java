package io.tripline.rules.probe.slowscan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Wire;
import io.tripline.rules.probe.Scan;
import io.tripline.rules.probe.Scan.Way;
import io.tripline.rules.probe.Variations;
import org.junit.jupiter.api.Test;

/** Where slow scans begin and cease to be found. */
class SlowScanVariationsTest {
    private static final long SEED = 20_261_126;

    private static boolean found(Wire wire) {
        return !wire.findings(SlowScan.RULE).isEmpty();
    }

    private static Wire play(Scan scan) {
        return scan.play(new Wire(SEED));
    }

    @Test
    void shouldTellWhereHitsAndFalseAlarmsBegin() {
        Variations table = new Variations(SlowScan.RULE, SEED);
        for (Way way : Way.values()) {
            boolean stealth = way == Way.FIN || way == Way.NULL || way == Way.XMAS || way == Way.SYN_FIN;
            boolean told = table.row(way + ", 60 ports, one each 10 s, refused", found(play(new Scan(way).gap(10))));
            table.row(way + ", IPv6", found(play(new Scan(way).gap(10).ipv6())));
            table.row(
                    way + ", nine in ten silent",
                    found(play(new Scan(way).gap(10).open(0, 0.9))));
            boolean oneWay = table.row(
                    way + ", only requests seen",
                    found(play(new Scan(way).gap(10)).onlyFrom(Scan.SCANNER)));
            table.row(
                    way + ", from the middle on",
                    found(play(new Scan(way).gap(10)).fromMiddle(0.5)));
            assertThat(told).as("%s", way).isEqualTo(way != Way.MAIMON);
            assertThat(oneWay || !stealth).as("%s one way", way).isTrue();
        }
        assertThat(table.edge(
                        "connect, seconds between 21 ports",
                        4,
                        5_000,
                        400,
                        gap -> found(play(new Scan(Way.CONNECT).ports(21).gap(gap)))))
                .isBetween(4_000, 4_804);
        assertThat(table.edge(
                        "connect, 100 ports, percent lost",
                        0,
                        90,
                        10,
                        loss -> found(
                                play(new Scan(Way.CONNECT).ports(100).gap(10)).lossy(loss / 100.0))))
                .isGreaterThan(40);
        assertThat(table.edge(
                        "connect, 100 ports, percent open",
                        0,
                        100,
                        10,
                        open -> found(
                                play(new Scan(Way.CONNECT).ports(100).gap(10).open(open / 100.0, 0)))))
                .isBetween(40, 60);
        assertThat(table.edge("false alarms: dead servers of a client", 1, 30, 1, SlowScanVariationsTest::deadServers))
                .isEqualTo(21);
        table.write();
    }

    /** A client that reaches ten servers and asks for some dead ones again and again. */
    private static boolean deadServers(int dead) {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 120; i++) {
            wire.at(i * 60).refused(Scan.SCANNER, "10.4.0." + (i % dead + 1), 443);
            wire.connection(Scan.SCANNER, wire.ephemeral(), "10.5.0." + (i % 10 + 1), 443, 2, 0.01);
        }
        return found(wire);
    }
}
