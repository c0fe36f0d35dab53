package io.tripline.rules.probe.osfingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.OsProbe;
import io.tripline.rules.probe.portscan.PortScan;
import io.tripline.schemas.TcpFlags;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class OsFingerprintTest {
    private static final long SEED = 20_261_123;
    private static final String SOURCE = "192.168.1.66";
    private static final String TARGET = "192.168.1.10";
    private static final int OPTIONS = 1 | 2 | 4 | 16;
    private static final int XMAS = TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG;

    /** The packets of nmap's second generation detection, without those that ordinary programs send as well. */
    static Wire nmap(Wire wire, String from, String to) {
        int port = 50_000;
        for (int window : new int[] {1, 63, 4, 4, 16, 512}) {
            wire.after(0.1).odd(from, port++, to, 80, TcpFlags.SYN, window, 1 | 4 | 16);
        }
        int icmp = to.indexOf(':') < 0 ? 8 : 128;
        wire.after(0.1).query(from, to, icmp, 9, 7).query(from, to, icmp, 0, 8);
        wire.odd(from, port++, to, 80, TcpFlags.SYN | TcpFlags.ECE | TcpFlags.CWR, 3, 1 | 2 | 4);
        wire.after(0.1).odd(from, port++, to, 80, 0, 128, OPTIONS);
        wire.odd(from, port++, to, 80, TcpFlags.SYN | TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG, 256, OPTIONS);
        wire.odd(from, port++, to, 80, TcpFlags.ACK, 1_024, OPTIONS);
        wire.odd(from, port++, to, 1, TcpFlags.SYN, 31_337, OPTIONS);
        wire.odd(from, port++, to, 1, TcpFlags.ACK, 32_768, OPTIONS);
        return wire.odd(from, port, to, 1, XMAS, 65_535, OPTIONS);
    }

    private static List<Finding> found(Wire wire) {
        return wire.findings(OsFingerprint.RULE);
    }

    @Test
    void shouldOpenOneIncidentForTheProbesOfNmap() {
        assertThat(found(nmap(new Wire(SEED), SOURCE, TARGET))).singleElement().satisfies(finding -> {
            assertThat(finding.actor()).isEqualTo(Wire.address(SOURCE));
            assertThat(finding.hostSample()).containsExactly(Wire.address(TARGET));
            assertThat(((OsProbes) finding.detail()).texts()).hasSize(7).contains(OsProbe.ECN_SYN.text());
        });
    }

    @Test
    void shouldFindThemOverIpv6() {
        assertThat(found(nmap(new Wire(SEED), "2001:db8::66", "2001:db8::10"))).hasSize(1);
    }

    @Test
    void shouldFindThemThroughAFifthOfLossAndInOneDirectionAndTwice() {
        for (UnaryOperator<Wire> view : Set.<UnaryOperator<Wire>>of(
                wire -> wire.lossy(0.2), wire -> wire.onlyFrom(SOURCE), Wire::twice, wire -> wire.fromMiddle(0.5))) {
            assertThat(found(view.apply(nmap(new Wire(SEED), SOURCE, TARGET)))).hasSize(1);
        }
    }

    @Test
    void shouldFindIcmpQueriesOfThreeSorts() {
        Wire wire = new Wire(SEED);
        wire.query(SOURCE, TARGET, 13, 0, 1).query(SOURCE, TARGET, 15, 0, 2).query(SOURCE, TARGET, 17, 0, 3);

        assertThat(found(wire)).hasSize(1);
    }

    @Test
    void shouldStayQuietAboutTwoKinds() {
        assertThat(found(new Wire(SEED).query(SOURCE, TARGET, 13, 0, 1).query(SOURCE, TARGET, 8, 9, 2)))
                .isEmpty();
    }

    @Test
    void shouldStayQuietAboutThreeKindsMoreThanTenSecondsApart() {
        Wire wire = new Wire(SEED);
        wire.query(SOURCE, TARGET, 13, 0, 1).after(10).query(SOURCE, TARGET, 15, 0, 2);
        wire.after(10).query(SOURCE, TARGET, 17, 0, 3);

        assertThat(found(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutOneKindToEachOfThreeTargets() {
        Wire wire = new Wire(SEED);
        wire.query(SOURCE, TARGET, 13, 0, 1).query(SOURCE, "192.168.1.11", 15, 0, 2);
        wire.query(SOURCE, "192.168.1.12", 17, 0, 3);

        assertThat(found(wire)).isEmpty();
    }

    @Test
    void shouldStayQuietAboutScansWithOddFlags() {
        Wire wire = new Wire(SEED);
        for (int port = 1; port <= 100; port++) {
            wire.after(0.01).odd(SOURCE, 40_000, TARGET, port, 0, 1_024, 0);
            wire.odd(SOURCE, 40_001, TARGET, port, XMAS, 1_024, 0);
            wire.odd(SOURCE, 40_002, TARGET, port, TcpFlags.ACK, 1_024, 0);
            wire.odd(SOURCE, 40_003, TARGET, port, TcpFlags.SYN | TcpFlags.FIN, 1_024, 0);
        }
        assertThat(found(wire)).isEmpty();
        assertThat(wire.findings(PortScan.RULE)).hasSize(1);
    }
}
