package io.tripline.sensor.flow;

import static io.tripline.schemas.TcpFlags.ACK;
import static io.tripline.schemas.TcpFlags.CWR;
import static io.tripline.schemas.TcpFlags.ECE;
import static io.tripline.schemas.TcpFlags.FIN;
import static io.tripline.schemas.TcpFlags.PSH;
import static io.tripline.schemas.TcpFlags.RST;
import static io.tripline.schemas.TcpFlags.SYN;
import static io.tripline.schemas.TcpFlags.URG;
import static io.tripline.sensor.flow.Packet.CLIENT;
import static io.tripline.sensor.flow.Packet.SERVER;
import static io.tripline.sensor.flow.Packet.icmp;
import static io.tripline.sensor.flow.Packet.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.Indicator;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.PacketRecord;
import org.junit.jupiter.api.Test;

class TcpConversationTest {
    private final Sensed sensed = new Sensed();

    private static Packet client(int flags) {
        return tcp(CLIENT, 40_000, SERVER, 80, flags).numbers(1_001, 5_001);
    }

    private static Packet server(int flags) {
        return tcp(SERVER, 80, CLIENT, 40_000, flags).numbers(5_000, 1_001);
    }

    private static Packet syn() {
        return client(SYN).numbers(1_000, 0);
    }

    @Test
    void shouldSeeAConnectionFromHandshakeToClose() {
        assertThat(sensed.sees(syn())).isEqualTo("FIRST -> SYN NONE");
        assertThat(sensed.sees(server(SYN | ACK))).isEqualTo("ANSWER <- SYN OPEN");
        assertThat(sensed.sees(client(ACK))).isEqualTo("ESTABLISHED -> SYN OPEN");
        assertThat(sensed.sees(client(PSH | ACK).payload(100))).isEqualTo("volume");
        assertThat(sensed.sees(server(ACK))).isEqualTo("volume");
        assertThat(sensed.sees(server(FIN | ACK))).isEqualTo("CLOSING <- SYN NONE");
        assertThat(sensed.sees(client(FIN | ACK))).isEqualTo("CLOSING -> SYN NONE");
        assertThat(sensed.sees(server(ACK))).isEqualTo("volume");
    }

    @Test
    void shouldSeeARefusedProbeWithTheWindowOfItsReset() {
        sensed.sees(syn());
        PacketRecord reset = sensed.record(server(RST | ACK).window(512));
        assertThat(reset.getOutcome()).isEqualTo(Outcome.CLOSED);
        assertThat(reset.getWindow()).isEqualTo(512);
    }

    @Test
    void shouldTakeANewTryAfterARefusalAsANewProbe() {
        sensed.sees(syn());
        assertThat(sensed.sees(server(RST | ACK))).isEqualTo("ANSWER <- SYN CLOSED");
        assertThat(sensed.sees(server(RST | ACK))).isEqualTo("volume");
        assertThat(sensed.sees(syn())).isEqualTo("FIRST -> SYN NONE");
    }

    @Test
    void shouldTellARepeatedSynFromANewOne() {
        sensed.sees(syn());
        assertThat(sensed.sees(syn().at(1))).isEqualTo("REPEAT -> SYN NONE");
        assertThat(sensed.sees(server(SYN | ACK).at(1))).isEqualTo("ANSWER <- SYN OPEN");
        assertThat(sensed.sees(syn().at(1))).isEqualTo("volume");
    }

    @Test
    void shouldForgetAnUnansweredProbeAfterAMinute() {
        sensed.sees(syn());
        assertThat(sensed.sees(syn().at(61))).isEqualTo("FIRST -> SYN NONE");
    }

    @Test
    void shouldRememberARestingConnectionForAnHour() {
        sensed.sees(syn());
        sensed.sees(server(SYN | ACK));
        sensed.sees(client(ACK));
        assertThat(sensed.sees(server(ACK).payload(10).at(3_500))).isEqualTo("volume");
    }

    @Test
    void shouldSeeAHalfOpenScanAsResetBeforeTheHandshakeIsComplete() {
        sensed.sees(syn());
        sensed.sees(server(SYN | ACK));
        assertThat(sensed.sees(client(RST))).isEqualTo("CLOSING -> SYN NONE");
        assertThat(sensed.sees(syn().numbers(7_000, 0))).isEqualTo("FIRST -> SYN NONE");
    }

    @Test
    void shouldFollowAConnectionWhoseAnswersThisTapDoesNotShow() {
        sensed.sees(syn());
        assertThat(sensed.sees(client(ACK))).isEqualTo("ESTABLISHED -> SYN OPEN");
        assertThat(sensed.batches.get(1).getAnswersVisible()).isFalse();
    }

    @Test
    void shouldNotTakeAnAckScanOfTheSamePortsForTheEndOfAHandshake() {
        sensed.sees(syn());
        assertThat(sensed.sees(client(ACK).numbers(3_000_000_000L, 77))).isEqualTo("ORPHAN -> ACK NONE");
    }

    @Test
    void shouldReportAStealthPacketInsideAConnectionAndKeepTheConnection() {
        sensed.sees(syn());
        sensed.sees(server(SYN | ACK));
        sensed.sees(client(ACK));
        assertThat(sensed.sees(client(FIN | PSH | URG))).isEqualTo("OTHER -> XMAS NONE");
        assertThat(sensed.sees(client(ACK).payload(1))).isEqualTo("volume");
    }

    @Test
    void shouldAttributeAnIcmpErrorToTheProbeThatItQuotes() {
        sensed.sees(syn());
        Packet error = icmp("10.0.0.254", CLIENT, 3, 13).quoting(syn());
        assertThat(sensed.sees(error)).isEqualTo("ANSWER <- SYN CLOSED");
        assertThat(sensed.batches.get(1).getRecords().get(0).getAbout())
                .returns(40_000, about -> about.getInitiatorPort())
                .returns(80, about -> about.getResponderPort())
                .returns(Packet.address(SERVER).low(), about -> about.getResponderLow());
    }

    @Test
    void shouldIgnoreCongestionBitsButForTheWindowIndicators() {
        assertThat(sensed.sees(client(SYN | ECE | CWR))).isEqualTo("FIRST -> SYN NONE");
        assertThat(sensed.batches.get(0).getRecords().get(0).getIndicators()).isZero();
    }

    @Test
    void shouldTellSmallFromLargeWindows() {
        assertThat(sensed.indicators(syn().window(1_024))).isEqualTo(Indicator.SYN_SMALL_WINDOW.bit());
        assertThat(sensed.indicators(syn().window(1_025))).isEqualTo(Indicator.SYN_LARGE_WINDOW.bit());
    }

    @Test
    void shouldTakeNoGroupForTheSenderOfAProbe() {
        assertThat(sensed.sees(tcp("224.0.0.1", 1, SERVER, 80, SYN))).isEqualTo("FIRST -> NONE NONE");
        assertThat(sensed.sees(tcp("0.0.0.0", 1, SERVER, 80, SYN))).isEqualTo("FIRST -> NONE NONE");
    }
}
