package io.tripline.sensor.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class NetworkLayerTest {
    @Test
    void shouldReadAnIpv4Header() {
        PacketView view = PacketBuilder.payload(12).ipv4(2).ethernet(0x0800).decode();

        assertThat(view.protocol).isEqualTo(2);
        assertThat(new Address(view.sourceHigh, view.sourceLow)).hasToString("10.0.0.1");
        assertThat(new Address(view.destinationHigh, view.destinationLow)).hasToString("10.0.0.2");
        assertThat(view.ttl).isEqualTo(64);
        assertThat(view.ipId).isEqualTo(77);
        assertThat(view.payloadLength).isEqualTo(12);
    }

    @Test
    void shouldNotTakeEthernetPaddingForPayload() {
        PacketView view = PacketBuilder.payload(0)
                .tcp(1, 2, 0x10, 5, "")
                .ipv4(6)
                .behind("000000000000")
                .ethernet(0x0800)
                .decode();

        assertThat(view.payloadLength).isZero();
        assertThat(view.payloadCaptured).isZero();
    }

    @Test
    void shouldTakeTheFrameLengthWhereTheTotalLengthIsZero() {
        byte[] packet =
                PacketBuilder.payload(100).tcp(1, 2, 0x10, 5, "").ipv4(6).bytes();
        packet[2] = 0;
        packet[3] = 0;

        PacketView view = new Decoder().decode(1, LinkType.RAW, new UnsafeBuffer(packet), 0, packet.length, 5_000);

        assertThat(view.payloadLength).isEqualTo(5_000 - 40);
        assertThat(view.payloadCaptured).isEqualTo(100);
    }

    @Test
    void shouldSayWhyAnIpHeaderCannotBeRead() {
        assertThat(unread("45 00 0014 0000 0000 40 06 0000 0a000001")).isEqualTo(Unread.IPV4_HEADER_TRUNCATED);
        assertThat(unread("44 00 0014 0000 0000 40 06 0000 0a000001 0a000002")).isEqualTo(Unread.IPV4_HEADER_INVALID);
        assertThat(unread("45 00 0013 0000 0000 40 06 0000 0a000001 0a000002")).isEqualTo(Unread.IPV4_HEADER_INVALID);
        assertThat(unread("4f 00 003c 0000 0000 40 06 0000 0a000001 0a000002")).isEqualTo(Unread.IPV4_HEADER_TRUNCATED);
        assertThat(unread("60000000 0000 06 40 0000")).isEqualTo(Unread.IPV6_HEADER_TRUNCATED);
    }

    @Test
    void shouldReadATransportHeaderBehindExtensionHeaders() {
        PacketView view = PacketCatalogue.syn()
                .before("06 00 0104 00000000")
                .before("2b 01 0104 00000000 0000000000000000")
                .ipv6(0)
                .ethernet(0x86dd)
                .decode();

        assertThat(view.unread).isNull();
        assertThat(view.protocol).isEqualTo(6);
        assertThat(view.payloadLength).isEqualTo(4);
    }

    @Test
    void shouldRefuseAnExtensionHeaderThatReachesBeyondThePacket() {
        PacketView view = PacketBuilder.hex("06 ff 0104 00000000").ipv6(60).decode(LinkType.RAW);

        assertThat(view.unread).isEqualTo(Unread.IPV6_EXTENSIONS_INVALID);
    }

    @Test
    void shouldReadAProtocolScanOfExtensionHeaderNumbersAsItself() {
        for (int next : new int[] {0, 43, 44, 51, 60, 135}) {
            PacketView view = PacketBuilder.payload(0).ipv6(next).decode(LinkType.RAW);

            assertThat(view.unread).isNull();
            assertThat(view.protocol).isEqualTo(next);
        }
    }

    @Test
    void shouldReadMobilityWithNothingBehindItAsTheProtocol() {
        PacketView view = PacketBuilder.hex("3b 00 0500 00000000").ipv6(135).decode(LinkType.RAW);

        assertThat(view.protocol).isEqualTo(135);
        assertThat(view.payloadLength).isEqualTo(8);
    }

    @Test
    void shouldTakeTheLengthOfAJumbogramFromItsOption() {
        byte[] packet = PacketBuilder.payload(50)
                .tcp(1, 2, 0x10, 5, "")
                .before("06 00 c2 04 00020000")
                .ipv6(0)
                .bytes();
        packet[4] = 0;
        packet[5] = 0;

        PacketView view = new Decoder().decode(1, LinkType.RAW, new UnsafeBuffer(packet), 0, packet.length, 131_112);

        assertThat(view.sourcePort).isEqualTo(1);
        assertThat(view.payloadLength).isEqualTo(0x20000 - 8 - 20);
        assertThat(view.payloadCaptured).isEqualTo(50);
    }

    @Test
    void shouldReadArp() {
        PacketView view = PacketBuilder.arp(2).ethernet(0x0806).decode();

        assertThat(view.protocol).isEqualTo(IpProtocol.ARP);
        assertThat(view.sourcePort).isEqualTo(2);
        assertThat(view.destinationPort).isZero();
        assertThat(view.senderMac).isEqualTo(0x020000000001L);
        assertThat(view.targetMac).isEqualTo(0x020000000002L);
        assertThat(view.sourceLow).isEqualTo(Address.mapIpv4(0x0a000001));
        assertThat(view.destinationLow).isEqualTo(Address.mapIpv4(0x0a000002));
    }

    @Test
    void shouldRefuseArpOfOtherHardware() {
        assertThat(PacketBuilder.hex("0006 0800 06 04 0001")
                        .behind("00".repeat(20))
                        .ethernet(0x0806)
                        .decode()
                        .unread)
                .isEqualTo(Unread.ARP_INVALID);
        assertThat(PacketBuilder.hex("0001 0800 06 04 0001").ethernet(0x0806).decode().unread)
                .isEqualTo(Unread.ARP_TRUNCATED);
    }

    private static Unread unread(String hex) {
        Unread reason = PacketBuilder.hex(hex).decode(LinkType.RAW).unread;
        return reason == null ? Unread.CAPTURE_EMPTY : reason;
    }
}
