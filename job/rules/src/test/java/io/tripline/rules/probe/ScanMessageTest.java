package io.tripline.rules.probe;

import static io.tripline.rules.alert.FindingBuilder.arpSweep;
import static io.tripline.rules.alert.FindingBuilder.hostSweep;
import static io.tripline.rules.alert.FindingBuilder.portScan;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.alert.Documents;
import io.tripline.rules.alert.FindingBuilder;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.network.Service;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one line that people read first. */
class ScanMessageTest {
    @Test
    void shouldTellAScanOfOneHost() {
        assertMessage(
                portScan(1_000).open(22, 80, 443).outcomes(3, 997, 0),
                "192.168.100.95 scanned 1,000 ports of 192.168.100.99 in 0.03 s (syn): 3 open (22, 80, 443), 997 closed");
    }

    @Test
    void shouldTellSilenceAndSeveralTechniquesAndHosts() {
        assertMessage(
                portScan(40)
                        .hosts(3)
                        .by(Probing.SYN, 30)
                        .by(Probing.XMAS, 10)
                        .outcomes(0, 100, 20)
                        .lasting(61_500_000),
                "192.168.100.95 scanned 40 ports of 3 hosts in 61.5 s (syn, xmas): 100 closed, 20 silent");
    }

    @Test
    void shouldNotCallAPortSilentWhereNoAnswerIsVisible() {
        assertMessage(
                portScan(200).answersUnseen().outcomes(0, 0, 200),
                "192.168.100.95 scanned 200 ports of 192.168.100.99 in 0.03 s (syn): 200 without visible answer");
    }

    @Test
    void shouldNameTransportsWhereNumbersAloneAreAmbiguous() {
        assertMessage(
                portScan(60)
                        .by(Probing.SYN, 30)
                        .by(Probing.UDP, 30)
                        .openServices(Service.of(IpProtocol.TCP, 53), Service.of(IpProtocol.UDP, 53))
                        .outcomes(2, 58, 0),
                "192.168.100.95 scanned 60 ports of 192.168.100.99 in 0.03 s (syn, udp): 2 open (53/tcp, 53/udp), 58 closed");
    }

    @Test
    void shouldListNoMoreThanTenOpenPorts() {
        assertMessage(
                portScan(30).open(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12).outcomes(12, 18, 0),
                "192.168.100.95 scanned 30 ports of 192.168.100.99 in 0.03 s (syn):"
                        + " 12 open (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …), 18 closed");
    }

    @Test
    void shouldCallIpProtocolsByTheirName() {
        assertMessage(
                portScan(256)
                        .services(256, List.of(0, 1), "ip 0-255")
                        .by(Probing.IP_PROTOCOL, 256)
                        .openServices(1, 6)
                        .outcomes(2, 254, 0),
                "192.168.100.95 scanned 256 IP protocols of 192.168.100.99 in 0.03 s (ip-protocol): 2 open (1, 6), 254 closed");
    }

    @Test
    void shouldSayAboutWhereCountsAreEstimates() {
        assertMessage(
                hostSweep(65_536, 445).approximate().outcomes(0, 0, 65_536).lasting(1_800_000_000L),
                "192.168.100.95 swept about 65,536 hosts for 445/tcp in 30 min (syn): 65,536 silent");
    }

    @Test
    void shouldTellASweepByItsServices() {
        assertMessage(
                hostSweep(254, 22)
                        .services(
                                2, List.of(Service.of(IpProtocol.TCP, 22), Service.of(IpProtocol.TCP, 23)), "tcp 22-23")
                        .outcomes(3, 10, 241)
                        .lasting(2_109_999),
                "192.168.100.95 swept 254 hosts for 22/tcp, 23/tcp in 2.10 s (syn): 3 answered, 10 refused, 241 silent");
        assertMessage(
                hostSweep(254, 1).ports(IpProtocol.TCP, 1, 12).outcomes(0, 254, 0),
                "192.168.100.95 swept 254 hosts for 12 services (1/tcp, 2/tcp, 3/tcp, …) in 0.03 s (syn): 254 refused");
    }

    @Test
    void shouldTellASweepOfNeighboursWithItsMacWhereThereIsNoAddress() {
        assertMessage(
                arpSweep(254).from(Address.ofMac(0x0200_5e00_5301L)).lasting(3),
                "02:00:5e:00:53:01 swept 254 hosts by ARP in under 0.01 s: 254 silent");
        assertMessage(
                arpSweep(40)
                        .services(
                                2,
                                List.of(Service.of(IpProtocol.TCP, 22), Service.of(IpProtocol.ARP, 0)),
                                "tcp 22; arp")
                        .by(Probing.SYN, 40),
                "192.168.100.95 swept 40 hosts for 22/tcp and by ARP in 0.03 s (syn): 40 silent");
    }

    @Test
    void shouldWriteIpv6AsRfc5952() {
        assertMessage(
                portScan(21).from("2001:db8:0:0:0:0:0:1").target("fd00::1"),
                "2001:db8::1 scanned 21 ports of fd00::1 in 0.03 s (syn): 21 closed");
    }

    @Test
    void shouldNotDependOnWhereItRuns() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertMessage(
                    portScan(1_000),
                    "192.168.100.95 scanned 1,000 ports of 192.168.100.99 in 0.03 s (syn): 1,000 closed");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-5, under 0.01 s",
        "9999, under 0.01 s",
        "10000, 0.01 s",
        "9999999, 9.99 s",
        "10000000, 10.0 s",
        "119999999, 119.9 s",
        "120000000, 2 min",
        "7200000000, 2 h",
        "172800000000, 2 days"
    })
    void shouldTellDurationsAsPeopleDo(long micros, String text) {
        assertThat(ScanMessage.duration(micros)).isEqualTo(text);
    }

    private static void assertMessage(FindingBuilder finding, String message) {
        assertThat(Documents.of(finding.build()).path("message").asText()).isEqualTo(message);
    }
}
