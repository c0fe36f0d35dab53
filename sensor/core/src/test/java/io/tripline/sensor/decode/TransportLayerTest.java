package io.tripline.sensor.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportLayerTest {
    @Test
    void shouldReadATcpHeader() {
        PacketView view = PacketCatalogue.syn().ipv4(6).decode(LinkType.RAW);

        assertThat(view.sourcePort).isEqualTo(1000);
        assertThat(view.destinationPort).isEqualTo(2000);
        assertThat(view.tcpSequence).isEqualTo(0x01020304);
        assertThat(view.tcpAcknowledgment).isEqualTo(0x05060708);
        assertThat(view.tcpFlags).isEqualTo(2);
        assertThat(view.tcpWindow).isEqualTo(1024);
        assertThat(view.tcpOptions).isEqualTo(1 | 2 | 4 | 16);
        assertThat(view.payloadLength).isEqualTo(4);
    }

    @Test
    void shouldReadAllNineFlags() {
        assertThat(PacketBuilder.payload(0).tcp(1, 2, 0x1ff, 0, "").ipv4(6).decode(LinkType.RAW).tcpFlags)
                .isEqualTo(0x1ff);
    }

    @ParameterizedTest
    @CsvSource({
        "0101080a 0000000100000000, 16",
        "0101050a 0000000100000002, 8",
        "02040000, 1",
        "03030701, 2",
        "04020000, 4",
        "22040000, 32",
        "1d040000, 64",
        "fd040000, 128",
        "00000000, 0",
        "02030000, 256",
        "02ff0000, 256",
        "02000000, 256",
        "02010000, 256",
        "01010102, 256",
        "020405b4 02ff0000, 257"
    })
    void shouldReadTcpOptionsAsASet(String options, int bits) {
        assertThat(PacketBuilder.payload(0).tcp(1, 2, 2, 0, options).ipv4(6).decode(LinkType.RAW).tcpOptions)
                .isEqualTo(bits);
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "4, 4", "15, 0"})
    void shouldReadFlagsWhereTheDataOffsetLies(int words, int payload) {
        byte[] packet =
                PacketBuilder.payload(4).tcp(1000, 2000, 0x29, 9, "").ipv4(6).bytes();
        packet[32] = (byte) (words << 4);

        PacketView view =
                new Decoder().decode(1, LinkType.RAW, new UnsafeBuffer(packet), 0, packet.length, packet.length);

        assertThat(view.unread).isNull();
        assertThat(view.tcpFlags).isEqualTo(0x29);
        assertThat(view.tcpOptions).isEqualTo(TcpOptions.UNREADABLE);
        assertThat(view.payloadLength).isEqualTo(payload);
    }

    @Test
    void shouldTellATcpHeaderThatWasCutFromOneThatIsNone() {
        byte[] packet = PacketCatalogue.syn().ipv4(6).bytes();
        PacketView cut = new Decoder().decode(1, LinkType.RAW, new UnsafeBuffer(packet), 0, 30, packet.length);
        assertThat(cut.unread).isEqualTo(Unread.TCP_HEADER_TRUNCATED);

        assertThat(PacketBuilder.payload(13).ipv4(6).decode(LinkType.RAW).unread)
                .isEqualTo(Unread.TCP_HEADER_INVALID);
    }

    @ParameterizedTest
    @CsvSource({"0, 9", "3, 9", "8, 0", "12, 4", "17, 9", "60000, 9"})
    void shouldReadUdpWhateverItsLengthSays(int length, int payload) {
        byte[] packet = PacketBuilder.payload(9).udp(1000, 2000).ipv4(17).bytes();
        packet[24] = (byte) (length >> 8);
        packet[25] = (byte) length;

        PacketView view =
                new Decoder().decode(1, LinkType.RAW, new UnsafeBuffer(packet), 0, packet.length, packet.length);

        assertThat(view.destinationPort).isEqualTo(2000);
        assertThat(view.udpLength).isEqualTo(length);
        assertThat(view.payloadLength).isEqualTo(payload);
    }

    @Test
    void shouldReadSctp() {
        PacketView view = PacketBuilder.payload(0).sctp(1000, 2000, 1).ipv4(132).decode(LinkType.RAW);
        assertThat(view.destinationPort).isEqualTo(2000);
        assertThat(view.sctpChunk).isEqualTo(1);

        PacketView bare =
                PacketBuilder.hex("03e8 07d0 00000000 00000000").ipv4(132).decode(LinkType.RAW);
        assertThat(bare.sctpChunk).isEqualTo(-1);
        assertThat(PacketBuilder.payload(11).ipv4(132).decode(LinkType.RAW).unread)
                .isEqualTo(Unread.SCTP_HEADER_INVALID);
    }

    @Test
    void shouldReadIcmpEcho() {
        PacketView view = PacketBuilder.payload(56).icmp(8, 0, 0xbeef).ipv4(1).decode(LinkType.RAW);

        assertThat(view.sourcePort).isEqualTo(8);
        assertThat(view.destinationPort).isZero();
        assertThat(view.icmpIdentifier).isEqualTo(0xbeef);
        assertThat(view.payloadLength).isEqualTo(56);
        assertThat(view.quoted).isFalse();
    }

    @Test
    void shouldReadThePacketThatAnIcmpErrorQuotes() {
        PacketView view = PacketBuilder.payload(0)
                .udp(1000, 161)
                .ipv4(17)
                .icmp(3, 3, 0)
                .ipv4(1)
                .decode(LinkType.RAW);

        assertThat(view.quoted).isTrue();
        assertThat(view.quotedProtocol).isEqualTo(17);
        assertThat(view.quotedSourcePort).isEqualTo(1000);
        assertThat(view.quotedDestinationPort).isEqualTo(161);
        assertThat(view.quotedSourceLow).isEqualTo(view.sourceLow);
        assertThat(view.icmpIdentifier).isZero();
    }

    @Test
    void shouldReadTheIdentifierOfAQuotedEcho() {
        PacketView view = PacketBuilder.payload(0)
                .icmp(8, 0, 77)
                .ipv4(1)
                .icmp(11, 0, 0)
                .ipv4(1)
                .decode(LinkType.RAW);

        assertThat(view.quotedProtocol).isEqualTo(1);
        assertThat(view.quotedSourcePort).isEqualTo(77);
    }

    @Test
    void shouldReadAQuotedProtocolWithoutPorts() {
        PacketView view =
                PacketBuilder.payload(0).ipv4(103).icmp(3, 2, 0).ipv4(1).decode(LinkType.RAW);

        assertThat(view.quoted).isTrue();
        assertThat(view.quotedProtocol).isEqualTo(103);
    }

    @Test
    void shouldSayNothingOfAQuoteWithoutPorts() {
        PacketView view = PacketBuilder.payload(4).ipv4(6).icmp(3, 3, 0).ipv4(1).decode(LinkType.RAW);
        assertThat(view.unread).isNull();
        assertThat(view.quoted).isFalse();

        PacketView later = PacketBuilder.payload(8)
                .ipv4Fragment(17, 64, false)
                .icmp(3, 3, 0)
                .ipv4(1)
                .decode(LinkType.RAW);
        assertThat(later.quoted).isFalse();
    }

    @Test
    void shouldReadAQuoteBehindExtensionHeaders() {
        PacketView view = PacketBuilder.payload(0)
                .udp(1000, 161)
                .before("11 00 0104 00000000")
                .ipv6(60)
                .icmp(1, 4, 0)
                .ipv6(58)
                .decode(LinkType.RAW);

        assertThat(view.quotedProtocol).isEqualTo(17);
        assertThat(view.quotedDestinationPort).isEqualTo(161);
        assertThat(view.quotedSourceHigh).isEqualTo(view.sourceHigh);
    }

    @Test
    void shouldReadNeighbourAdvertisement() {
        PacketView view = PacketBuilder.hex(
                        "88 00 0000 60000000 20010db8000000000000000000000009 0e 01 000000000000 02 01 02000000000a")
                .ipv6(58)
                .decode(LinkType.RAW);

        assertThat(view.sourcePort).isEqualTo(136);
        assertThat(view.ndpTargetHigh).isEqualTo(0x20010db800000000L);
        assertThat(view.ndpTargetLow).isEqualTo(9);
        assertThat(view.targetMac).isEqualTo(0x02000000000aL);
        assertThat(view.senderMac).isZero();
    }

    @Test
    void shouldTakeIcmpOfTheOtherIpVersionForAnyProtocol() {
        PacketView view = PacketBuilder.payload(0).ipv4(58).decode(LinkType.RAW);

        assertThat(view.unread).isNull();
        assertThat(view.protocol).isEqualTo(58);
    }
}
