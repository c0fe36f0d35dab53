package io.tripline.rules.probe.distributedscan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Wire;
import io.tripline.rules.probe.Variations;
import io.tripline.schemas.TcpFlags;
import org.junit.jupiter.api.Test;

/** Where shared scans begin and cease to be found. */
class DistributedScanVariationsTest {
    private static final long SEED = 20_261_127;

    private static boolean found(Wire wire) {
        return !wire.findings(DistributedScan.RULE).isEmpty();
    }

    @Test
    void shouldTellWhereHitsAndFalseAlarmsBegin() {
        Variations table = new Variations(DistributedScan.RULE, SEED);
        for (int sources : new int[] {3, 5, 10, 20}) {
            int edge = table.edge(
                    sources + " sources, ports in all",
                    20,
                    100,
                    1,
                    ports -> found(DistributedScanTest.shared(sources, (ports + sources - 1) / sources, 1)));
            assertThat(edge).as("%d sources", sources).isBetween(52 - sources, 51);
        }
        assertThat(table.edge(
                        "5 sources of 15 ports, seconds between ports of one",
                        1,
                        60,
                        1,
                        gap -> found(DistributedScanTest.shared(5, 15, gap))))
                .isBetween(25, 35);
        assertThat(table.edge(
                        "5 sources of 15 ports, percent lost",
                        0,
                        90,
                        10,
                        loss -> found(DistributedScanTest.shared(5, 15, 1).lossy(loss / 100.0))))
                .isGreaterThanOrEqualTo(10);
        assertThat(table.row(
                        "5 sources of 30 ports, from the middle on",
                        found(DistributedScanTest.shared(5, 30, 1).fromMiddle(0.5))))
                .isTrue();
        assertThat(table.row(
                        "5 sources of 40 ports, mirrored twice",
                        found(DistributedScanTest.shared(5, 40, 1).twice())))
                .isTrue();
        assertThat(table.edge("decoys, milliseconds between the sources", 1, 201, 20, apart -> found(decoys(apart))))
                .isBetween(21, 121);
        assertThat(table.edge(
                        "false alarms: clients refused, distinct ports", 10, 80, 10, ports -> found(clients(ports))))
                .isGreaterThan(50);
        table.write();
    }

    private static Wire decoys(int millisecondsApart) {
        Wire wire = new Wire(SEED);
        for (int port = 1; port <= 30; port++) {
            for (int source = 1; source <= 4; source++) {
                wire.at(port * 2 + source * millisecondsApart / 1_000.0)
                        .crafted("203.0.113." + source, 40_000, "192.168.100.99", port, TcpFlags.SYN);
            }
        }
        return wire;
    }

    private static Wire clients(int ports) {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 300; i++) {
            wire.at(i * 0.5).refused("203.0.113." + (i % 40 + 1), "192.168.100.99", 8_000 + i % ports);
        }
        return wire;
    }
}
