package io.tripline.rules.probe.bruteforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.TcpFlags;
import java.util.List;
import org.junit.jupiter.api.Test;

class BruteForceTest {
    private static final long SEED = 20_261_124;
    private static final String CLIENT = "172.16.5.66";
    private static final String SERVER = "172.16.5.10";

    /** Conversations of which each carries so many bytes in so many exchanges. */
    static Wire sessions(Wire wire, String server, int port, int count, double gap, int exchanges, int bytes) {
        double start = wire.now();
        for (int i = 0; i < count; i++) {
            wire.at(start + i * gap).session(CLIENT, wire.ephemeral(), server, port, exchanges, bytes, 0.02);
        }
        return wire;
    }

    private static Wire ssh(int count, double gap) {
        return sessions(new Wire(SEED), SERVER, 22, count, gap, 8, 200);
    }

    private static List<Finding> found(Wire wire) {
        return wire.findings(BruteForce.RULE);
    }

    @Test
    void shouldOpenOneIncidentWhenSixteenShortConversationsEndWithinAMinute() {
        assertThat(found(ssh(15, 3))).isEmpty();

        assertThat(found(ssh(16, 3))).singleElement().satisfies(finding -> {
            assertThat(finding.actor()).isEqualTo(Wire.address(CLIENT));
            assertThat(finding.hostSample()).containsExactly(Wire.address(SERVER));
            assertThat(((LogIns) finding.detail()).conversations()).isEqualTo(16);
            assertThat(((LogIns) finding.detail()).service()).isEqualTo("ssh");
        });
    }

    @Test
    void shouldFindThemAtOnceAndAtATapOfOneDirection() {
        assertThat(found(ssh(25, 0.01))).hasSize(1);
        assertThat(found(ssh(25, 1).onlyFrom(CLIENT))).hasSize(1);
    }

    @Test
    void shouldFindFortyOneInHalfAnHour() {
        assertThat(found(ssh(40, 20))).isEmpty();
        assertThat(found(ssh(41, 20))).hasSize(1);
        assertThat(found(ssh(80, 60))).isEmpty();
    }

    @Test
    void shouldFindPasswordSpraying() {
        Wire wire = new Wire(SEED);
        for (int host = 1; host <= 16; host++) {
            sessions(wire, "10.7.0." + host, 445, 3, 0.2, 4, 250);
        }
        assertThat(found(wire))
                .singleElement()
                .satisfies(finding -> assertThat(finding.hosts()).isEqualTo(16));
    }

    @Test
    void shouldAskForMoreWhereProgramsLogIn() {
        assertThat(found(sessions(new Wire(SEED), SERVER, 3306, 30, 1, 1, 60))).isEmpty();
        assertThat(found(sessions(new Wire(SEED), SERVER, 3306, 31, 1, 1, 60))).hasSize(1);
    }

    @Test
    void shouldStayQuietAboutConversationsThatStayOpen() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 60; i++) {
            int port = wire.ephemeral();
            wire.tcp(CLIENT, port, SERVER, 5432, TcpFlags.SYN, 1, 0, 0);
            wire.tcp(SERVER, 5432, CLIENT, port, TcpFlags.SYN | TcpFlags.ACK, 1, 2, 0);
            wire.tcp(CLIENT, port, SERVER, 5432, TcpFlags.ACK, 2, 2, 0);
            wire.tcp(CLIENT, port, SERVER, 5432, TcpFlags.ACK | TcpFlags.PSH, 2, 2, 100);
        }
        assertThat(found(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutHealthChecksThatReadTheBanner() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 400; i++) {
            wire.at(i * 10).session(CLIENT, wire.ephemeral(), SERVER, 22, 1, 20, 0.01);
        }
        assertThat(found(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutCopiesByTheDozen() {
        assertThat(found(sessions(new Wire(SEED), SERVER, 22, 40, 1, 30, 1_400)))
                .isEmpty();
    }

    @Test
    void shouldStayQuietAboutAConfigurationRunOverThirtyHosts() {
        Wire wire = new Wire(SEED);
        for (int host = 1; host <= 30; host++) {
            sessions(wire, "10.7.0." + host, 22, 2, 0.5, 60, 1_400);
        }
        assertThat(found(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutAFewGoodSessionsAndAMailClient() {
        assertThat(found(ssh(6, 2))).isEmpty();
        assertThat(found(sessions(new Wire(SEED), SERVER, 993, 120, 60, 6, 400)))
                .isEmpty();
    }

    @Test
    void shouldStayQuietAboutManyConversationsWithAnOrdinaryService() {
        assertThat(found(sessions(new Wire(SEED), SERVER, 443, 200, 0.1, 2, 200)))
                .isEmpty();
    }

    /** A log-in that is refused: so many messages each way, then the server hangs up. */
    private static Wire refusals(int port, int count, double gap, int exchanges, int bytes) {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < count; i++) {
            int from = wire.at(i * gap).ephemeral();
            wire.tcp(CLIENT, from, SERVER, port, TcpFlags.SYN, 1, 0, 0);
            wire.tcp(SERVER, port, CLIENT, from, TcpFlags.SYN | TcpFlags.ACK, 1, 2, 0);
            wire.tcp(CLIENT, from, SERVER, port, TcpFlags.ACK, 2, 2, 0);
            for (int k = 0; k < exchanges; k++) {
                int done = 2 + k * bytes;
                wire.after(0.01).tcp(CLIENT, from, SERVER, port, TcpFlags.ACK | TcpFlags.PSH, done, done, bytes);
                wire.tcp(SERVER, port, CLIENT, from, TcpFlags.ACK | TcpFlags.PSH, done, done + bytes, bytes);
            }
            int end = 2 + exchanges * bytes;
            wire.tcp(SERVER, port, CLIENT, from, TcpFlags.FIN | TcpFlags.ACK, end, end, 0);
            wire.tcp(CLIENT, from, SERVER, port, TcpFlags.FIN | TcpFlags.ACK, end, end + 1, 0);
            wire.tcp(SERVER, port, CLIENT, from, TcpFlags.ACK, end + 1, end + 1, 0);
        }
        return wire;
    }

    @Test
    void shouldWeighLogInsThatADatabaseRefusesMoreThanWork() {
        for (int port : new int[] {3306, 5432, 1433, 1521}) {
            assertThat(found(refusals(port, 60, 1, 2, 80))).singleElement().satisfies(finding -> {
                assertThat(((LogIns) finding.detail()).hungUp()).isEqualTo(60);
                assertThat(Wire.severity(finding)).isEqualTo(Severity.MEDIUM);
            });
            assertThat(found(refusals(port, 1_200, 0.2, 2, 80)))
                    .allSatisfy(finding -> assertThat(Wire.severity(finding)).isEqualTo(Severity.MEDIUM));
            assertThat(found(sessions(new Wire(SEED), SERVER, port, 60, 1, 2, 80)))
                    .singleElement()
                    .satisfies(finding -> assertThat(Wire.severity(finding)).isEqualTo(Severity.LOW));
        }
    }

    @Test
    void shouldCallLogInsAtOneASecondMedium() {
        for (int port : new int[] {21, 23, 445, 3389, 5900, 5985}) {
            for (Wire wire : List.of(
                    refusals(port, 60, 1, 4, 130), refusals(port, 60, 1, 4, 130).lossy(0.05))) {
                assertThat(found(wire))
                        .as("port %d", port)
                        .singleElement()
                        .satisfies(finding -> assertThat(Wire.severity(finding)).isEqualTo(Severity.MEDIUM));
            }
        }
    }
}
