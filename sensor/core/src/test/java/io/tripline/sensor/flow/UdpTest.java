package io.tripline.sensor.flow;

import static io.tripline.sensor.flow.Packet.CLIENT;
import static io.tripline.sensor.flow.Packet.SERVER;
import static io.tripline.sensor.flow.Packet.icmp;
import static io.tripline.sensor.flow.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.Indicator;
import io.tripline.schemas.Volume;
import org.junit.jupiter.api.Test;

class UdpTest {
    private static final long BROADCAST = 0xffff_ffff_ffffL;
    private final Sensed sensed = new Sensed();

    private static Packet ask() {
        return udp(CLIENT, 40_000, SERVER, 161);
    }

    private static Packet answer() {
        return udp(SERVER, 161, CLIENT, 40_000);
    }

    @Test
    void shouldSeeAProbeAndItsAnswer() {
        assertThat(sensed.sees(ask())).isEqualTo("FIRST -> UDP NONE");
        assertThat(sensed.sees(ask())).isEqualTo("REPEAT -> UDP NONE");
        assertThat(sensed.sees(answer())).isEqualTo("ANSWER <- UDP OPEN");
        assertThat(sensed.sees(ask())).isEqualTo("volume");
        Volume volume = sensed.batches.get(3).getVolumes().get(0);
        assertThat(volume.getPacketsOut()).isEqualTo(1);
        assertThat(volume.getInitiatorPort()).isEqualTo(40_000);
        assertThat(sensed.sees(ask().at(181))).isEqualTo("FIRST -> UDP NONE");
    }

    @Test
    void shouldSeeAPortUnreachableAsRefusal() {
        sensed.sees(ask());
        assertThat(sensed.sees(icmp(SERVER, CLIENT, 3, 3).quoting(ask()))).isEqualTo("ANSWER <- UDP CLOSED");
        assertThat(sensed.batches.get(1).getAnswersVisible()).isTrue();
    }

    @Test
    void shouldKeepTheOutcomeOfAnAnsweredConversation() {
        sensed.sees(ask());
        sensed.sees(answer());
        assertThat(sensed.sees(icmp(SERVER, CLIENT, 3, 3).quoting(ask()))).isEqualTo("OTHER <- UDP NONE");
        assertThat(sensed.sees(icmp(CLIENT, SERVER, 3, 3).quoting(answer()))).isEqualTo("OTHER -> NONE NONE");
    }

    @Test
    void shouldTakeMoreThanSixteenPacketsForAStream() {
        sensed.sees(ask());
        for (int i = 2; i <= 16; i++) {
            assertThat(sensed.sees(ask())).isEqualTo("REPEAT -> UDP NONE");
        }
        assertThat(sensed.sees(ask())).isEqualTo("ESTABLISHED -> UDP OPEN");
        assertThat(sensed.sees(ask())).isEqualTo("volume");
    }

    @Test
    void shouldTakeNoPacketToAGroupForAProbe() {
        assertThat(sensed.sees(udp(CLIENT, 5_353, "224.0.0.251", 5_353))).isEqualTo("FIRST -> NONE NONE");
        assertThat(sensed.sees(udp("fe80::1", 5_353, "ff02::fb", 5_353))).isEqualTo("FIRST -> NONE NONE");
        assertThat(sensed.sees(udp("0.0.0.0", 68, "255.255.255.255", 67))).isEqualTo("FIRST -> NONE NONE");
        assertThat(sensed.sees(udp(CLIENT, 137, "10.0.0.255", 137).to(BROADCAST)))
                .isEqualTo("FIRST -> NONE NONE");
        assertThat(sensed.sees(udp(CLIENT, 137, "10.0.0.255", 137).to(BROADCAST)))
                .isEqualTo("volume");
    }

    @Test
    void shouldTakeUnicastDatagramsForAnswersToAQuestionToAGroup() {
        sensed.sees(udp(CLIENT, 50_000, "239.255.255.250", 1_900));
        assertThat(sensed.sees(udp(SERVER, 45_000, CLIENT, 50_000))).isEqualTo("ANSWER <- NONE OPEN");
        assertThat(sensed.sees(udp(SERVER, 45_000, CLIENT, 50_001))).isEqualTo("FIRST -> UDP NONE");
        assertThat(sensed.sees(udp("10.0.0.3", 45_000, CLIENT, 50_000).at(200))).isEqualTo("FIRST -> UDP NONE");
    }

    @Test
    void shouldTakeDatagramsFromAServiceForAnswersToUnseenQuestions() {
        assertThat(sensed.sees(udp(SERVER, 53, CLIENT, 33_333))).isEqualTo("ANSWER <- NONE OPEN");
        assertThat(sensed.sees(udp(SERVER, 51_820, CLIENT, 33_333))).isEqualTo("ANSWER <- NONE OPEN");
        assertThat(sensed.sees(udp(SERVER, 67, CLIENT, 68))).isEqualTo("ANSWER <- NONE OPEN");
        assertThat(sensed.sees(udp(SERVER, 9_999, CLIENT, 53).dns(true, "a"))).isEqualTo("ANSWER <- NONE OPEN");
        assertThat(sensed.sees(udp(SERVER, 5_060, CLIENT, 5_060))).isEqualTo("FIRST -> UDP NONE");
    }

    @Test
    void shouldGiveEachDnsMessageARecord() {
        sensed.sees(udp(CLIENT, 40_000, SERVER, 53).dns(false, "example"));
        sensed.sees(udp(SERVER, 53, CLIENT, 40_000).dns(true, "example"));
        assertThat(sensed.sees(udp(CLIENT, 40_000, SERVER, 53).dns(false, "other")))
                .isEqualTo("OTHER -> NONE NONE");
        assertThat(sensed.batches.get(2).getRecords().get(0).getDns().getName()).isEqualTo("other");
        assertThat(sensed.batches.get(2).getProtocols().get(0).getProtocol()).isEqualTo("dns");
    }

    @Test
    void shouldMarkEmptyDatagramsAlsoInsideAConversation() {
        Packet empty = ask();
        empty.view.udpLength = 8;
        assertThat(sensed.indicators(empty)).isEqualTo(Indicator.UDP_EMPTY.bit());
        sensed.sees(answer());
        assertThat(sensed.indicators(empty)).isEqualTo(Indicator.UDP_EMPTY.bit());
    }

    @Test
    void shouldNotTakeAnEmptyDatagramFromAServicesPortForAnAnswer() {
        Packet empty = udp(SERVER, 53, CLIENT, 50_000);
        empty.view.udpLength = 8;
        empty.view.payloadLength = 0;
        assertThat(sensed.sees(empty)).isEqualTo("FIRST -> UDP NONE");
    }
}
