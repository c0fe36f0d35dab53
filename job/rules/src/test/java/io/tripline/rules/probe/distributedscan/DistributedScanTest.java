package io.tripline.rules.probe.distributedscan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.TcpFlags;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributedScanTest {
    private static final long SEED = 20_261_125;
    private static final String TARGET = "192.168.100.99";

    private static String source(int number) {
        return "203.0." + (113 + number / 200) + "." + (number % 200 + 1);
    }

    /** Each source tries its own share of the ports, from 1 on. */
    static Wire shared(int sources, int portsEach, double gap) {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < portsEach; i++) {
            for (int source = 0; source < sources; source++) {
                wire.at(i * gap + source * gap / sources).refused(source(source), TARGET, 1 + i * sources + source);
            }
        }
        return wire;
    }

    private static List<Finding> found(Wire wire) {
        return wire.findings(DistributedScan.RULE);
    }

    @Test
    void shouldOpenOneIncidentForFiveSourcesOfElevenPortsEach() {
        assertThat(found(shared(5, 10, 1))).isEmpty();

        assertThat(shared(5, 11, 1).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(DistributedScan.RULE);
            assertThat(finding.actor()).isEqualTo(Wire.address(TARGET));
            assertThat(finding.sourceCount()).isEqualTo(5);
            assertThat(finding.services()).isBetween(51L, 55L);
            assertThat(finding.detail()).isEqualTo(new DistributedDetail(false));
        });
    }

    @Test
    void shouldFindSixtySourcesOfOnePortEach() {
        assertThat(found(shared(60, 1, 60)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sourceCount()).isBetween(51L, 60L));
    }

    @Test
    void shouldNotTakeTwoSourcesForSeveral() {
        assertThat(found(shared(2, 60, 4))).isEmpty();
    }

    @Test
    void shouldForgetAfterFiveMinutes() {
        assertThat(found(shared(5, 20, 14))).hasSize(1);
        assertThat(found(shared(5, 20, 40))).isEmpty();
    }

    @Test
    void shouldTellDecoysFromSourcesThatShare() {
        Wire wire = new Wire(SEED);
        for (int port = 1; port <= 60; port++) {
            wire.at(port * 0.5);
            for (int source = 0; source < 5; source++) {
                wire.crafted(source(source), 40_000, TARGET, port, TcpFlags.SYN);
                wire.tcp(TARGET, port, source(source), 40_000, TcpFlags.RST | TcpFlags.ACK, 0, 1, 0);
            }
        }
        assertThat(found(wire)).singleElement().satisfies(finding -> {
            assertThat(finding.detail()).isEqualTo(new DistributedDetail(true));
            assertThat(finding.sourceCount()).isEqualTo(5);
        });
    }

    @Test
    void shouldNotNamePassersByBesideABigScanner() {
        Wire wire = new Wire(SEED);
        for (int port = 1; port <= 400; port++) {
            wire.at(port * 0.05).refused(source(0), TARGET, port);
        }
        for (int other = 1; other <= 10; other++) {
            wire.at(other).refused(source(other), TARGET, 20_000 + other);
        }
        assertThat(found(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutAServerThatRestarts() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 300; i++) {
            wire.at(i * 0.1).refused(source(i % 150), TARGET, 443);
        }
        assertThat(found(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutClientsRefusedOnFewPorts() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 400; i++) {
            wire.at(i * 0.2).refused(source(i % 90), TARGET, 8_000 + i % 12);
            wire.connection(source(i % 90), wire.ephemeral(), TARGET, 443, 1, 0.001);
        }
        assertThat(found(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutPeersAtPortsThatAreGone() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 150; i++) {
            int port = 1_024 + wire.random().nextInt(64_000);
            wire.at(i).refused(source(i), TARGET, port);
        }
        assertThat(found(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutThreeCheckersOfTheSamePorts() {
        Wire wire = new Wire(SEED);
        for (int port = 1; port <= 60; port++) {
            for (int checker = 0; checker < 3; checker++) {
                wire.at(port * 2 + checker * 0.5).refused(source(checker), TARGET, 7_000 + port);
            }
        }
        assertThat(found(wire)).isEmpty();
    }
}
