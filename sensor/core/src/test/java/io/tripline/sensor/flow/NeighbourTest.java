package io.tripline.sensor.flow;

import static io.tripline.sensor.flow.Packet.CLIENT;
import static io.tripline.sensor.flow.Packet.SERVER;
import static io.tripline.sensor.flow.Packet.arp;
import static io.tripline.sensor.flow.Packet.icmpv6;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.Address;
import io.tripline.schemas.Indicator;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Role;
import org.junit.jupiter.api.Test;

class NeighbourTest {
    private static final long CLIENT_MAC = 0x02_00_00_00_00_01L;
    private static final long SERVER_MAC = 0x02_00_00_00_00_02L;
    private static final long THIEF_MAC = 0x02_00_00_00_00_66L;
    private final Sensed sensed = new Sensed();

    private static Packet request() {
        return arp(1, CLIENT, CLIENT_MAC, SERVER);
    }

    private static Packet reply() {
        return arp(2, SERVER, SERVER_MAC, CLIENT);
    }

    @Test
    void shouldSeeWhoAsksForWhomAndTheReply() {
        assertThat(sensed.sees(request())).isEqualTo("FIRST -> ARP NONE");
        assertThat(sensed.sees(request())).isEqualTo("REPEAT -> ARP NONE");
        assertThat(sensed.sees(reply())).isEqualTo("ANSWER <- ARP OPEN");
        assertThat(sensed.sees(request())).isEqualTo("OTHER -> NONE NONE");
        assertThat(sensed.batches.get(3).getAnswersVisible()).isFalse();
        assertThat(sensed.batches.get(0).getRecords().get(0).getArp())
                .returns(1, neighbour -> neighbour.getOperation())
                .returns(CLIENT_MAC, neighbour -> neighbour.getSenderMac());
    }

    @Test
    void shouldTakeARequestTheOtherWayForAProbeOfItsOwn() {
        sensed.sees(request());
        assertThat(sensed.sees(arp(1, SERVER, SERVER_MAC, CLIENT))).isEqualTo("FIRST -> ARP NONE");
    }

    @Test
    void shouldKnowAHostWithoutAddressByItsMac() {
        PacketRecord probe = sensed.record(arp(1, "0.0.0.0", CLIENT_MAC, SERVER));
        assertThat(probe).returns("ARP", record -> record.getTechnique().name());
        assertThat(new Address(probe.getSourceHigh(), probe.getSourceLow())).isEqualTo(Address.ofMac(CLIENT_MAC));
        Packet reply = arp(2, SERVER, SERVER_MAC, "0.0.0.0");
        reply.view.targetMac = CLIENT_MAC;
        PacketRecord answer = sensed.record(reply);
        assertThat(answer.getRole()).isEqualTo(Role.ANSWER);
        assertThat(new Address(answer.getDestinationHigh(), answer.getDestinationLow()))
                .isEqualTo(Address.ofMac(CLIENT_MAC));
    }

    @Test
    void shouldMarkGratuitousArpThatIsNoProbe() {
        assertThat(sensed.sees(arp(1, CLIENT, CLIENT_MAC, CLIENT))).isEqualTo("OTHER -> NONE NONE");
        assertThat(sensed.indicators(arp(2, CLIENT, CLIENT_MAC, CLIENT))).isEqualTo(Indicator.ARP_GRATUITOUS.bit());
    }

    @Test
    void shouldMarkAnAddressThatAnotherMacClaims() {
        sensed.sees(request());
        assertThat(sensed.indicators(reply())).isZero();
        assertThat(sensed.indicators(arp(2, SERVER, THIEF_MAC, CLIENT))).isEqualTo(Indicator.ARP_CONFLICT.bit());
        assertThat(sensed.indicators(arp(2, SERVER, THIEF_MAC, CLIENT))).isZero();
        assertThat(sensed.indicators(reply())).isEqualTo(Indicator.ARP_CONFLICT.bit());
        assertThat(sensed.indicators(arp(1, "0.0.0.0", THIEF_MAC, CLIENT))).isZero();
    }

    @Test
    void shouldTakeAReplyThatNobodyAskedForAsOrphan() {
        assertThat(sensed.sees(reply())).isEqualTo("ORPHAN <- NONE NONE");
    }

    @Test
    void shouldSeeNeighbourSolicitationAndAdvertisement() {
        Packet solicitation = icmpv6("fe80::1", "ff02::1:ff00:2", 135, 0).target("fe80::2");
        assertThat(sensed.sees(solicitation)).isEqualTo("FIRST -> NDP NONE");
        assertThat(sensed.sees(solicitation)).isEqualTo("REPEAT -> NDP NONE");
        Packet advertisement = icmpv6("fe80::2", "fe80::1", 136, 0).target("fe80::2");
        assertThat(sensed.sees(advertisement)).isEqualTo("ANSWER <- NDP OPEN");
        PacketRecord record = sensed.batches.get(2).getRecords().get(0);
        assertThat(record.getDestinationLow()).isEqualTo(2);
        assertThat(record.getArp().getOperation()).isEqualTo(136);
        assertThat(record.getAbout().getInitiatorLow()).isEqualTo(1);
    }

    @Test
    void shouldTellWhomAnAdvertisementWasSentToAndItsFlags() {
        Packet advertisement =
                icmpv6("fe80::2", "fe80::1", 136, 0).target("fe80::2").to(CLIENT_MAC);
        advertisement.view.targetMac = THIEF_MAC;
        advertisement.view.ndpFlags = 5;
        assertThat(sensed.record(advertisement).getArp())
                .returns(CLIENT_MAC, neighbour -> neighbour.getLinkDestination())
                .returns(THIEF_MAC, neighbour -> neighbour.getTargetMac())
                .returns(5, neighbour -> neighbour.getFlags());
    }

    @Test
    void shouldTellWhichMacARouterAdvertises() {
        Packet router = icmpv6("fe80::1", "ff02::1", 134, 0);
        router.view.senderMac = SERVER_MAC;
        PacketRecord record = sensed.record(router);
        assertThat(record.getArp().getSenderMac()).isEqualTo(SERVER_MAC);
        assertThat(new Address(record.getDestinationHigh(), record.getDestinationLow()))
                .isEqualTo(Packet.address("ff02::1"));
    }

    @Test
    void shouldTakeDuplicateAddressDetectionForNoProbe() {
        assertThat(sensed.sees(icmpv6("::", "ff02::1:ff00:2", 135, 0).target("fe80::2")))
                .isEqualTo("OTHER -> NONE NONE");
        assertThat(sensed.sees(icmpv6("fe80::2", "ff02::1", 136, 0).target("fe80::2")))
                .isEqualTo("OTHER <- NONE NONE");
    }
}
