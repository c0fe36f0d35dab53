package io.tripline.sensor.flow;

import static io.tripline.sensor.flow.Packet.CLIENT;
import static io.tripline.sensor.flow.Packet.SERVER;
import static io.tripline.sensor.flow.Packet.icmp;
import static io.tripline.sensor.flow.Packet.icmpv6;
import static io.tripline.sensor.flow.Packet.ip;
import static io.tripline.sensor.flow.Packet.sctp;
import static io.tripline.sensor.flow.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcmpTest {
    private static final String ROUTER = "10.0.0.254";
    private final Sensed sensed = new Sensed();

    @ParameterizedTest
    @CsvSource({"8, 0", "13, 14", "15, 16", "17, 18"})
    void shouldSeeAQueryAndItsReply(int request, int reply) {
        assertThat(sensed.sees(icmp(CLIENT, SERVER, request, 0).identifier(7))).isEqualTo("FIRST -> ICMP NONE");
        assertThat(sensed.sees(icmp(SERVER, CLIENT, reply, 0).identifier(7))).isEqualTo("ANSWER <- ICMP OPEN");
        assertThat(sensed.sees(icmp(CLIENT, SERVER, request, 0).identifier(7))).isEqualTo("OTHER -> NONE NONE");
        assertThat(sensed.sees(icmp(SERVER, CLIENT, reply, 0).identifier(7))).isEqualTo("OTHER <- NONE NONE");
        assertThat(sensed.sees(icmp(CLIENT, SERVER, request, 0).identifier(8))).isEqualTo("FIRST -> ICMP NONE");
    }

    @Test
    void shouldSeeIcmpv6EchoAsWell() {
        assertThat(sensed.sees(icmpv6("fd00::1", "fd00::2", 128, 0))).isEqualTo("FIRST -> ICMP NONE");
        assertThat(sensed.sees(icmpv6("fd00::2", "fd00::1", 129, 0))).isEqualTo("ANSWER <- ICMP OPEN");
    }

    @Test
    void shouldKeepApartTwoHostsThatPingEachOtherWithOneIdentifier() {
        sensed.sees(icmp(CLIENT, SERVER, 8, 0).identifier(1));
        assertThat(sensed.sees(icmp(SERVER, CLIENT, 8, 0).identifier(1))).isEqualTo("FIRST -> ICMP NONE");
        assertThat(sensed.sees(icmp(SERVER, CLIENT, 0, 0).identifier(1))).isEqualTo("ANSWER <- ICMP OPEN");
    }

    @Test
    void shouldTakeAReplyOutOfTheBlueForNoProbe() {
        assertThat(sensed.sees(icmp(SERVER, CLIENT, 0, 0))).isEqualTo("ORPHAN <- NONE NONE");
    }

    @Test
    void shouldSeeThatAProbeExpiredOnItsWayAndItsLaterAnswer() {
        Packet probe = udp(CLIENT, 40_000, SERVER, 33_434);
        sensed.sees(probe);
        assertThat(sensed.sees(icmp(ROUTER, CLIENT, 11, 0).quoting(probe))).isEqualTo("ANSWER <- UDP EXPIRED");
        assertThat(sensed.sees(icmp(SERVER, CLIENT, 3, 3).quoting(probe))).isEqualTo("ANSWER <- UDP CLOSED");
    }

    @Test
    void shouldFindAQuotedQueryByItsIdentifier() {
        Packet ping = icmp(CLIENT, SERVER, 13, 0).identifier(99);
        sensed.sees(ping);
        assertThat(sensed.sees(icmp(ROUTER, CLIENT, 3, 1).quoting(ping))).isEqualTo("ANSWER <- ICMP CLOSED");
        assertThat(sensed.batches.get(1).getRecords().get(0).getAbout().getInitiatorPort())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3, 4, NONE",
        "1, 3, 2, CLOSED",
        "1, 4, 0, NONE",
        "1, 5, 0, NONE",
        "1, 12, 0, NONE",
        "1, 11, 1, NONE",
        "58, 1, 4, CLOSED",
        "58, 2, 0, NONE",
        "58, 3, 0, EXPIRED",
        "58, 4, 1, CLOSED",
        "58, 4, 0, NONE"
    })
    void shouldTellWhatAnErrorSaysOfTheProbe(int protocol, int type, int code, String outcome) {
        Packet probe = protocol == 1 ? udp(CLIENT, 40_000, SERVER, 99) : udp("fd00::1", 40_000, "fd00::2", 99);
        sensed.sees(probe);
        Packet error = protocol == 1 ? icmp(ROUTER, CLIENT, type, code) : icmpv6("fd00::fe", "fd00::1", type, code);
        assertThat(sensed.sees(error.quoting(probe))).isEqualTo("ANSWER <- UDP " + outcome);
    }

    @Test
    void shouldNameAnUnknownConversationFromTheQuote() {
        Packet unseen = udp(CLIENT, 40_000, SERVER, 99);
        assertThat(sensed.sees(icmp(SERVER, CLIENT, 3, 3).quoting(unseen))).isEqualTo("ANSWER <- NONE CLOSED");
        assertThat(sensed.batches.get(0).getRecords().get(0).getAbout().getResponderPort())
                .isEqualTo(99);
        assertThat(sensed.batches.get(0).getAnswersVisible()).isFalse();
    }

    @Test
    void shouldNotBlameAServerWhoseLateAnswerIsRefused() {
        Packet late = udp(SERVER, 53, CLIENT, 40_000);
        assertThat(sensed.sees(icmp(CLIENT, SERVER, 3, 3).quoting(late))).isEqualTo("OTHER -> NONE NONE");
        assertThat(sensed.batches.get(0).getRecords().get(0).getAbout().getInitiatorPort())
                .isEqualTo(40_000);
    }

    @Test
    void shouldRecordAnErrorThatQuotesNothingReadable() {
        assertThat(sensed.sees(icmp(ROUTER, CLIENT, 3, 1))).isEqualTo("OTHER -> NONE NONE");
        assertThat(sensed.batches.get(0).getRecords().get(0).getAbout()).isNull();
    }

    @Test
    void shouldSeeProtocolScans() {
        assertThat(sensed.sees(ip(47, CLIENT, SERVER))).isEqualTo("FIRST -> IP_PROTOCOL NONE");
        assertThat(sensed.sees(ip(47, CLIENT, SERVER))).isEqualTo("REPEAT -> IP_PROTOCOL NONE");
        assertThat(sensed.sees(icmp(SERVER, CLIENT, 3, 2).quoting(ip(47, CLIENT, SERVER))))
                .isEqualTo("ANSWER <- IP_PROTOCOL CLOSED");
        sensed.sees(ip(50, CLIENT, SERVER));
        assertThat(sensed.sees(ip(50, SERVER, CLIENT))).isEqualTo("ANSWER <- IP_PROTOCOL OPEN");
        assertThat(sensed.sees(ip(89, CLIENT, "224.0.0.5"))).isEqualTo("FIRST -> NONE NONE");
        assertThat(sensed.sees(ip(89, CLIENT, "224.0.0.5"))).isEqualTo("volume");
    }

    @Test
    void shouldFollowAnSctpAssociation() {
        assertThat(sensed.sees(sctp(CLIENT, 9_000, SERVER, 2_905, 1))).isEqualTo("FIRST -> SCTP NONE");
        assertThat(sensed.sees(sctp(CLIENT, 9_000, SERVER, 2_905, 1))).isEqualTo("REPEAT -> SCTP NONE");
        assertThat(sensed.sees(sctp(SERVER, 2_905, CLIENT, 9_000, 2))).isEqualTo("ANSWER <- SCTP OPEN");
        assertThat(sensed.sees(sctp(CLIENT, 9_000, SERVER, 2_905, 10))).isEqualTo("ESTABLISHED -> SCTP OPEN");
        assertThat(sensed.sees(sctp(CLIENT, 9_000, SERVER, 2_905, 0))).isEqualTo("volume");
        assertThat(sensed.sees(sctp(CLIENT, 9_000, SERVER, 2_905, 7))).isEqualTo("CLOSING -> SCTP NONE");
    }

    @Test
    void shouldSeeSctpProbesRefused() {
        sensed.sees(sctp(CLIENT, 9_000, SERVER, 80, 1));
        assertThat(sensed.sees(sctp(SERVER, 80, CLIENT, 9_000, 6))).isEqualTo("ANSWER <- SCTP CLOSED");
        assertThat(sensed.sees(sctp(CLIENT, 9_000, SERVER, 81, 10))).isEqualTo("ORPHAN -> SCTP NONE");
        assertThat(sensed.sees(sctp(CLIENT, 9_000, SERVER, 81, 10))).isEqualTo("REPEAT -> SCTP NONE");
        assertThat(sensed.sees(icmp(SERVER, CLIENT, 3, 2).quoting(sctp(CLIENT, 9_000, SERVER, 81, 10))))
                .isEqualTo("ANSWER <- SCTP CLOSED");
    }

    @Test
    void shouldRecordUnjoinedFragmentsWithoutConversation() {
        Packet fragment = ip(6, CLIENT, SERVER);
        fragment.view.fragment = true;
        assertThat(sensed.sees(fragment)).isEqualTo("OTHER -> NONE NONE");
    }

    @Test
    void shouldTakeAPingToAGroupForNoProbe() {
        assertThat(sensed.sees(icmp(CLIENT, "224.0.0.1", 8, 0))).isEqualTo("FIRST -> NONE NONE");
        assertThat(sensed.sees(icmpv6("fd00::1", "ff02::1", 128, 0))).isEqualTo("FIRST -> NONE NONE");
    }
}
