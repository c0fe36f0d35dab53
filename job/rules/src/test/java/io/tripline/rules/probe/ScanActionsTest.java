package io.tripline.rules.probe;

import static io.tripline.rules.alert.FindingBuilder.OUTSIDE;
import static io.tripline.rules.alert.FindingBuilder.arpSweep;
import static io.tripline.rules.alert.FindingBuilder.portScan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.rules.alert.Documents;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.network.Service;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people are advised to do, and what they may paste. */
class ScanActionsTest {
    @Test
    void shouldAdviseToBlockASourceFromOutside() {
        JsonNode actions =
                actions(portScan(21).from(OUTSIDE).by(Probing.CONNECT, 21).build());

        assertThat(titles(actions)).containsExactly("Block 203.0.113.9 at the edge if nothing needs it");
        assertThat(actions.get(0).path("command").asText())
                .isEqualTo("nft 'add table inet tripline;"
                        + " add chain inet tripline block { type filter hook prerouting priority -300; };"
                        + " add rule inet tripline block ip saddr 203.0.113.9 counter drop'");
    }

    @Test
    void shouldWarnWhereTheAddressIsNotProven() {
        assertThat(titles(actions(portScan(21).from(OUTSIDE).build())).get(0))
                .contains("nothing here proves the address");
    }

    @Test
    void shouldAdviseToIsolateAndExamineASourceFromInsideAndToCheckWhatAnswered() {
        JsonNode actions = actions(portScan(21)
                .by(Probing.CONNECT, 21)
                .openServices(Service.of(IpProtocol.TCP, 22), Service.of(IpProtocol.UDP, 53))
                .build());

        assertThat(titles(actions))
                .containsExactly(
                        "Isolate 192.168.100.95 at its switch port or gateway if nobody can explain this",
                        "Check whether what answered should be reachable from there: 22/tcp, 53/udp",
                        "Find out which program on 192.168.100.95 sent these packets, and whether anybody asked it to");
    }

    @Test
    void shouldAdviseToMoveTheTapWhereAnswersAreNotVisible() {
        assertThat(titles(actions(portScan(200).answersUnseen().build())))
                .last()
                .asString()
                .startsWith("Let the sensor see both directions");
    }

    @Test
    void shouldMatchIpv6AndMacAddressesAsTheyNeed() {
        assertThat(actions(portScan(21).from("2001:db8::9").build())
                        .get(0)
                        .path("command")
                        .asText())
                .contains(" ip6 saddr 2001:db8::9 ");
        assertThat(actions(portScan(21).from(Address.ofMac(0x0200_5e00_5301L)).build())
                        .get(0)
                        .path("command")
                        .asText())
                .contains(" ether saddr 02:00:5e:00:53:01 ");
    }

    @Test
    void shouldGiveNoCommandAgainstArpWhichNoPacketFilterForIpSees() {
        JsonNode actions = actions(arpSweep(254).build());

        assertThat(titles(actions).get(0)).startsWith("Find the switch port of 192.168.100.95");
        assertThat(actions.get(0).has("command")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "ff02::1"})
    void shouldGiveNoCommandForWhatIsNoHost(String address) {
        assertThat(actions(portScan(21).from(address).build()).get(0).has("command"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "SYN, true",
        "UDP, true",
        "FIN, true",
        "IP_PROTOCOL, true",
        "ICMP, true",
        "CONNECT, false",
        "ARP, false",
        "NDP, false"
    })
    void shouldSayWhereAnybodyCouldHaveSentIt(Probing technique, boolean spoofable) {
        Finding finding = portScan(21).by(technique, 21).build();

        assertThat(Documents.of(finding).at("/tripline/spoofable").asBoolean()).isEqualTo(spoofable);
    }

    private static JsonNode actions(Finding finding) {
        return Documents.of(finding).at("/tripline/actions");
    }

    private static List<String> titles(JsonNode actions) {
        return actions.findValuesAsText("title");
    }
}
