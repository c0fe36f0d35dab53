package io.tripline.sensor.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinkLayerTest {
    static List<PacketCatalogue.Packet> packets() {
        return PacketCatalogue.all();
    }

    @ParameterizedTest
    @MethodSource("packets")
    void shouldReadEveryPacketOfTheCatalogue(PacketCatalogue.Packet packet) {
        PacketView view = packet.content().decode(packet.linkType());

        assertThat(view.unread).isNull();
        assertThat(view.protocol).isPositive();
        assertThat(view.length).isEqualTo(packet.bytes().length);
    }

    @Test
    void shouldReadEthernetAddresses() {
        PacketView view = PacketCatalogue.syn().ipv4(6).ethernet(0x0800).decode();

        assertThat(view.linkSource).isEqualTo(0x020000000001L);
        assertThat(view.linkDestination).isEqualTo(0x020000000002L);
        assertThat(view.etherType).isEqualTo(0x0800);
    }

    @Test
    void shouldKeepTheOutermostVlan() {
        PacketView view = PacketCatalogue.syn()
                .ipv4(6)
                .before("0065 0800")
                .before("e064 8100")
                .ethernet(0x88a8)
                .decode();

        assertThat(view.vlan).isEqualTo(100);
        assertThat(view.protocol).isEqualTo(6);
    }

    @Test
    void shouldEndAtTooManyTags() {
        PacketBuilder packet = PacketCatalogue.syn().ipv4(6).before("0001 0800");
        for (int i = 0; i < 20; i++) {
            packet.before("0001 8100");
        }

        assertThat(packet.ethernet(0x8100).decode().unread).isEqualTo(Unread.TAGS_TOO_DEEP);
    }

    @Test
    void shouldTakeAFrameWithLengthForNoIp() {
        PacketView view = PacketBuilder.hex("424203 0000 00 00 00 8000")
                .behind("00".repeat(35))
                .ethernet(38)
                .decode();

        assertThat(view.unread).isNull();
        assertThat(view.protocol).isEqualTo(-1);
        assertThat(view.etherType).isZero();
    }

    @Test
    void shouldTakeAnUnknownEtherTypeForNoIp() {
        PacketView view = PacketBuilder.payload(46).ethernet(0x88cc).decode();

        assertThat(view.unread).isNull();
        assertThat(view.protocol).isEqualTo(-1);
        assertThat(view.etherType).isEqualTo(0x88cc);
    }

    @Test
    void shouldSayThatALinkTypeIsUnknown() {
        assertThat(PacketBuilder.payload(60).decode(105).unread).isEqualTo(Unread.LINK_TYPE_UNKNOWN);
        assertThat(PacketBuilder.payload(0).decode(1).unread).isEqualTo(Unread.CAPTURE_EMPTY);
        assertThat(PacketBuilder.hex("00").decode(LinkType.RAW).unread).isEqualTo(Unread.IP_VERSION_UNKNOWN);
    }

    @Test
    void shouldReadTheHeadersInsideATunnel() {
        PacketView view = PacketCatalogue.syn()
                .ipv6(6)
                .ethernet(0x86dd)
                .before("08000000 00000500")
                .udp(5555, 4789)
                .ipv4(17)
                .ethernet(0x0800)
                .decode();

        assertThat(view.tunnels).isEqualTo(1);
        assertThat(view.etherType).isEqualTo(0x86dd);
        assertThat(view.sourceHigh).isEqualTo(0x20010db800000000L);
        assertThat(view.sourcePort).isEqualTo(1000);
        assertThat(view.udpLength).isZero();
    }

    @Test
    void shouldStayOutsideTunnelsWhereToldSo() {
        DecoderSettings outside = new DecoderSettings(false, 64, Duration.ofSeconds(30));
        PacketView view = PacketCatalogue.syn().ipv4(6).ipv4(4).ethernet(0x0800).decode(new Decoder(outside), 1);

        assertThat(view.protocol).isEqualTo(4);
        assertThat(view.tunnels).isZero();
    }

    @Test
    void shouldReadAProtocolScanOfTunnelNumbersAsItself() {
        for (int protocol : new int[] {4, 41, 47, 51}) {
            PacketView view = PacketBuilder.payload(0)
                    .ipv4(protocol)
                    .behind("00".repeat(26))
                    .ethernet(0x0800)
                    .decode();

            assertThat(view.unread).isNull();
            assertThat(view.protocol).isEqualTo(protocol);
            assertThat(view.payloadLength).isZero();
        }
    }

    @Test
    void shouldEndInTooDeepTunnels() {
        PacketBuilder packet = PacketCatalogue.syn().ipv4(6);
        for (int i = 0; i < 5; i++) {
            packet.ipv4(4);
        }

        assertThat(packet.ethernet(0x0800).decode().unread).isEqualTo(Unread.TUNNEL_TOO_DEEP);
    }

    @Test
    void shouldReadFieldsOfHeadersThatTheViewDoesNotKeep() {
        UnsafeBuffer bytes = new UnsafeBuffer(PacketBuilder.hex("0001f1ff").bytes());
        MplsLabel label = new MplsLabel().wrap(bytes, 0, 4);
        assertThat(label.label()).isEqualTo(0x0001f);
        assertThat(label.isBottomOfStack()).isTrue();
        assertThat(label.timeToLive()).isEqualTo(255);

        VlanTag tag = new VlanTag()
                .wrap(new UnsafeBuffer(PacketBuilder.hex("b064 0800").bytes()), 0, 4);
        assertThat(tag.priority()).isEqualTo(5);
        assertThat(tag.dropEligible()).isTrue();
        assertThat(tag.identifier()).isEqualTo(100);
    }
}
