package io.tripline.sensor.flow;

import static io.tripline.schemas.TcpFlags.ACK;
import static io.tripline.schemas.TcpFlags.CONTROL;
import static io.tripline.schemas.TcpFlags.ECE;
import static io.tripline.schemas.TcpFlags.FIN;
import static io.tripline.schemas.TcpFlags.PSH;
import static io.tripline.schemas.TcpFlags.RST;
import static io.tripline.schemas.TcpFlags.SYN;
import static io.tripline.schemas.TcpFlags.URG;
import static io.tripline.sensor.flow.Packet.CLIENT;
import static io.tripline.sensor.flow.Packet.SERVER;
import static io.tripline.sensor.flow.Packet.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.Indicator;
import io.tripline.schemas.Technique;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpOrphanTest {
    private final Sensed sensed = new Sensed();

    private static Packet prober(int flags) {
        return tcp(CLIENT, 40_000, SERVER, 80, flags).numbers(1_000, 9_000);
    }

    private static Packet target(int flags) {
        return tcp(SERVER, 80, CLIENT, 40_000, flags).numbers(9_000, 1_000);
    }

    @Test
    void shouldNameStealthProbesByTheirFlags() {
        assertThat(sensed.sees(prober(FIN))).isEqualTo("ORPHAN -> FIN NONE");
        assertThat(sensed.sees(prober(0))).isEqualTo("ORPHAN -> NULL NONE");
        assertThat(sensed.sees(prober(FIN | PSH | URG | ECE))).isEqualTo("ORPHAN -> XMAS NONE");
        assertThat(sensed.sees(prober(FIN | ACK))).isEqualTo("ORPHAN -> MAIMON NONE");
        assertThat(new Sensed().sees(prober(ACK))).isEqualTo("ORPHAN -> ACK NONE");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                PSH,
                URG,
                PSH | URG,
                FIN | URG,
                FIN | PSH,
                SYN | FIN,
                SYN | RST,
                SYN | PSH,
                SYN | URG,
                FIN | RST,
                CONTROL,
                SYN | FIN | ACK,
                SYN | FIN | PSH | URG
            })
    void shouldCallEveryOtherCombinationIllegal(int flags) {
        assertThat(sensed.sees(prober(flags))).isEqualTo("ORPHAN -> ILLEGAL_FLAGS NONE");
        assertThat(sensed.batches.get(0).getRecords().get(0).getIndicators()).isEqualTo(Indicator.FLAGS_ILLEGAL.bit());
    }

    @Test
    void shouldSetTheIndicatorsOfStealthProbes() {
        assertThat(new Sensed().indicators(prober(FIN))).isEqualTo(Indicator.FIN.bit());
        assertThat(new Sensed().indicators(prober(FIN).payload(1)))
                .isEqualTo(Indicator.FIN.bit() | Indicator.FLAGS_ILLEGAL.bit());
        assertThat(new Sensed().indicators(prober(0))).isEqualTo(Indicator.NULL.bit());
        assertThat(new Sensed().indicators(prober(FIN | PSH | URG))).isEqualTo(Indicator.XMAS.bit());
        assertThat(new Sensed().indicators(prober(ACK))).isEqualTo(Indicator.ACK_ORPHAN.bit());
        assertThat(new Sensed().indicators(target(RST))).isEqualTo(Indicator.RST_ORPHAN.bit());
        assertThat(new Sensed().indicators(target(SYN | ACK))).isEqualTo(Indicator.SYNACK_ORPHAN.bit());
    }

    @ParameterizedTest
    @ValueSource(ints = {FIN, 0, FIN | PSH | URG, FIN | ACK, ACK, PSH, SYN | FIN})
    void shouldAttributeTheResetToTheProberAndARepeatToTheProbe(int flags) {
        Technique technique = sensed.record(prober(flags)).getTechnique();
        assertThat(sensed.sees(prober(flags))).isEqualTo("REPEAT -> " + technique + " NONE");
        assertThat(sensed.sees(target(RST | ACK))).isEqualTo("ANSWER <- " + technique + " CLOSED");
        assertThat(sensed.sees(prober(flags))).isEqualTo("ORPHAN -> " + technique + " NONE");
    }

    @Test
    void shouldSeeAnOpenPortBehindASynFin() {
        sensed.sees(prober(SYN | FIN));
        assertThat(sensed.sees(target(SYN | ACK))).isEqualTo("ANSWER <- ILLEGAL_FLAGS OPEN");
    }

    @Test
    void shouldAdoptAConversationCaughtInTheMiddle() {
        assertThat(sensed.sees(prober(PSH | ACK).payload(10))).isEqualTo("ESTABLISHED -> NONE OPEN");
        assertThat(sensed.sees(target(ACK))).isEqualTo("volume");
        assertThat(sensed.batches.get(1).getAnswersVisible()).isTrue();
    }

    @Test
    void shouldNotMakeAServerAProber() {
        assertThat(sensed.sees(target(ACK))).isEqualTo("ESTABLISHED <- NONE OPEN");
        assertThat(sensed.sees(target(FIN | ACK))).isEqualTo("CLOSING <- NONE NONE");
        assertThat(new Sensed().sees(target(FIN | ACK))).isEqualTo("ESTABLISHED <- NONE OPEN");
        assertThat(new Sensed().sees(target(PSH | ACK).payload(1))).isEqualTo("ESTABLISHED <- NONE OPEN");
    }

    @ParameterizedTest
    @ValueSource(ints = {ACK, FIN | ACK})
    void shouldWithdrawABareProbeThatTheOtherSideAnswersInKind(int flags) {
        Technique technique = sensed.record(prober(flags)).getTechnique();
        assertThat(sensed.sees(target(ACK).payload(100))).isEqualTo("ESTABLISHED <- " + technique + " OPEN");
        assertThat(sensed.sees(target(ACK).payload(100))).isEqualTo("volume");
    }

    @Test
    void shouldWithdrawABareProbeThatGoesOnByItself() {
        sensed.sees(prober(ACK));
        assertThat(sensed.sees(prober(ACK).numbers(1_000, 9_000 + 1_448))).isEqualTo("ESTABLISHED -> ACK OPEN");
        assertThat(sensed.batches.get(1).getAnswersVisible()).isFalse();
    }

    @Test
    void shouldNotWithdrawWhenAScannerTriesAgainWithOtherNumbers() {
        sensed.sees(prober(ACK));
        assertThat(sensed.sees(prober(ACK).numbers(0x7000_0000L, 0x1234_5678L))).isEqualTo("REPEAT -> ACK NONE");
    }

    @Test
    void shouldAdoptASynAckAsTheAnswerToAnUnseenSyn() {
        assertThat(sensed.sees(target(SYN | ACK))).isEqualTo("ORPHAN <- NONE OPEN");
        assertThat(sensed.sees(prober(ACK))).isEqualTo("ESTABLISHED -> NONE OPEN");
    }

    @Test
    void shouldAdoptNothingForAReset() {
        assertThat(sensed.sees(target(RST))).isEqualTo("ORPHAN <- NONE NONE");
        assertThat(sensed.sees(prober(SYN))).isEqualTo("FIRST -> SYN NONE");
    }

    @Test
    void shouldLearnThatATapIsBlindFromAOneSidedConversation() {
        for (int i = 0; i < 18; i++) {
            sensed.feed(prober(PSH | ACK).payload(1_000));
        }
        assertThat(sensed.flush().getAnswersVisible()).isFalse();
        assertThat(sensed.sees(target(ACK))).isEqualTo("volume");
    }

    @Test
    void shouldTakeASynAckToAServerForAProbe() {
        assertThat(sensed.sees(prober(SYN | ACK))).isEqualTo("ORPHAN -> ACK NONE");
        assertThat(sensed.sees(target(RST))).isEqualTo("ANSWER <- ACK CLOSED");
        assertThat(new Sensed().sees(target(SYN | ACK))).isEqualTo("ORPHAN <- NONE OPEN");
        assertThat(new Sensed().sees(tcp(CLIENT, 50_000, SERVER, 40_000, SYN | ACK)))
                .isEqualTo("ORPHAN <- NONE OPEN");
    }

    @Test
    void shouldNotTakeOddFlagsBehindAClosedConversationForAProbe() {
        sensed.sees(prober(SYN));
        sensed.sees(target(SYN | ACK));
        sensed.sees(prober(RST));
        assertThat(sensed.sees(prober(FIN | RST))).isEqualTo("OTHER -> ILLEGAL_FLAGS NONE");
    }
}
