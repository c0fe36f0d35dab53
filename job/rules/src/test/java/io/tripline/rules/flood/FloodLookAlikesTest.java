package io.tripline.rules.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.distributedscan.TargetRules;
import io.tripline.schemas.TcpFlags;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Harmless traffic that is fast or one-sided. */
class FloodLookAlikesTest {
    private static final long SEED = 20_260_206;
    private static final String SERVER = "192.168.1.10";
    private static final String CLIENT = "192.168.1.77";

    private static void quiet(Wire wire) {
        assertThat(TargetRules.closed(wire)).isEmpty();
    }

    private static void mediumAtMost(Wire wire) {
        List<Finding> findings = TargetRules.closed(wire);
        assertThat(findings)
                .allSatisfy(finding -> assertThat(Wire.severity(finding)).isLessThanOrEqualTo(Severity.MEDIUM));
    }

    private static String client(int i) {
        return "198.18." + (i >>> 8 & 0xff) + "." + (i & 0xff);
    }

    @Test
    void shouldLeaveABusyWebServerAlone() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 8_000; i++) {
            wire.at(i / 1_500.0).connection(client(i % 3_000), wire.ephemeral(), SERVER, 443, 2, 0.002);
        }
        quiet(wire);
    }

    @Test
    void shouldLeaveABusyWebServerAloneWhereOnlyRequestsAreSeen() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 8_000; i++) {
            wire.at(i / 1_500.0).connection(client(i % 3_000), wire.ephemeral(), SERVER, 443, 2, 0.002);
        }
        quiet(wire.onlyTo(SERVER));
    }

    @Test
    void shouldLeaveADnsServerAlone() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 12_000; i++) {
            int port = wire.ephemeral();
            wire.at(i / 2_000.0).udp(client(i % 500), port, SERVER, 53, 40);
            wire.udp(SERVER, 53, client(i % 500), port, 120);
        }
        quiet(wire);
    }

    @Test
    void shouldNotCallADnsServerThatIsSeenFromOneSideMoreThanMedium() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 12_000; i++) {
            wire.at(i / 2_000.0).udp(client(i % 500), wire.ephemeral(), SERVER, 53, 40);
        }
        mediumAtMost(wire);
    }

    @Test
    void shouldLeaveStreamsAlone() {
        Wire media = new Wire(SEED);
        for (int i = 0; i < 12_000; i++) {
            media.at(i / 3_000.0).udp(CLIENT, 40_000 + i % 14, SERVER, 20_000 + i % 14, 172);
        }
        quiet(media);
        Wire iptv = new Wire(SEED);
        for (int i = 0; i < 40_000; i++) {
            iptv.at(i / 15_000.0).udp(CLIENT, 40_000, "239.1.1.1", 5_004, 1_316);
        }
        quiet(iptv);
        Wire quic = new Wire(SEED);
        for (int i = 0; i < 40_000; i++) {
            quic.at(i / 12_000.0).udp(CLIENT, 40_000, SERVER, 443, 1_200);
            if (i % 10 == 0) {
                quic.udp(SERVER, 443, CLIENT, 40_000, 30);
            }
        }
        quiet(quic);
        Wire logs = new Wire(SEED);
        for (int i = 0; i < 12_000; i++) {
            logs.at(i / 3_000.0).udp("192.168.7." + (i % 100), 40_000, SERVER, 514, 200);
        }
        quiet(logs);
    }

    @Test
    void shouldCallASpeedTestNoMoreThanLow() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 60_000; i++) {
            wire.at(i / 20_000.0).udp(CLIENT, 40_000, SERVER, 5_201, 1_470);
        }
        assertThat(TargetRules.closed(wire))
                .allSatisfy(finding -> assertThat(Wire.severity(finding)).isLessThanOrEqualTo(Severity.MEDIUM));
    }

    @Test
    void shouldLeavePortScansToTheirOwnRule() {
        Wire syn = new Wire(SEED);
        Wire udp = new Wire(SEED);
        Wire decoys = new Wire(SEED);
        for (int port = 1; port < 30_000; port++) {
            syn.at(port / 10_000.0).crafted(CLIENT, 50_000, SERVER, port, TcpFlags.SYN);
            udp.at(port / 5_000.0).udp(CLIENT, 50_000, SERVER, port, 0);
            decoys.at(port / 10_000.0).crafted("10.9.9." + port % 20, 50_000, SERVER, port / 20, TcpFlags.SYN);
        }
        quiet(syn);
        quiet(udp);
        quiet(decoys);
    }

    @Test
    void shouldLeaveClientsOfARestartingServerAlone() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 6_000; i++) {
            String client = client(i % 2_000);
            if (i < 4_000) {
                wire.at(i / 2_000.0).refused(client, SERVER, 5_432);
            } else {
                wire.at(i / 2_000.0).connection(client, wire.ephemeral(), SERVER, 5_432, 1, 0.001);
            }
        }
        quiet(wire);
    }

    @Test
    void shouldNotCallClientsOfADeadServerMoreThanMedium() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 6_000; i++) {
            wire.at(i / 1_500.0).silent(client(i), SERVER, 443);
        }
        mediumAtMost(wire);
    }

    @Test
    void shouldLeaveMonitoringAndDownloadsAlone() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 1_000; i++) {
            wire.at(i / 50.0).ping("192.168.7." + i % 20, SERVER, 1_000 + i % 20);
            wire.pong(SERVER, "192.168.7." + i % 20, 1_000 + i % 20);
        }
        wire.at(0);
        for (int i = 0; i < 30; i++) {
            wire.at(i * 0.5).connection(CLIENT, wire.ephemeral(), SERVER, 1_000 + i, 2, 0.001);
        }
        wire.at(1).connection(CLIENT, 55_555, SERVER, 443, 10_000, 0.0001);
        quiet(wire);
    }

    @Test
    void shouldLeaveAServerThatSendsManyFilesAlone() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 2_000; i++) {
            wire.at(i / 600.0).connection(CLIENT, wire.ephemeral(), SERVER, 30_000 + i, 1, 0.0002);
        }
        quiet(wire);
    }

    @Test
    void shouldSayNothingAboutBackscatter() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 10_000; i++) {
            wire.at(i / 2_500.0).crafted(client(i), 80, SERVER, wire.ephemeral(), TcpFlags.SYN | TcpFlags.ACK);
            wire.crafted(client(i), 80, SERVER, wire.ephemeral(), TcpFlags.RST);
        }
        quiet(wire);
    }
}
