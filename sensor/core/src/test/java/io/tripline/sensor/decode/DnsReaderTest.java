package io.tripline.sensor.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsReaderTest {
    private static final String QUERY = "1234 0100 0001 0000 0000 0000";

    @ParameterizedTest
    @ValueSource(ints = {53, 137, 5353, 5355})
    void shouldReadTheFirstQuestion(int port) {
        DnsView dns = message(PacketBuilder.dnsQuery("www.example.com", 28).udp(5000, port));
        assertThat(dns.presentationName()).isEqualTo("www.example.com");
        assertThat(dns.type).isEqualTo(28);
        assertThat(dns.response).isFalse();
        assertThat(dns.questions).isEqualTo(1);
        assertThat(dns.size).isEqualTo(33);
        assertThat(dns.complete).isTrue();
    }

    @Test
    void shouldReadOnOtherPortsWhatCanBeNothingElse() {
        assertThat(read(PacketBuilder.dnsQuery("www.example.com", 28).udp(5000, 54)))
                .isNotNull();
        assertThat(read(PacketBuilder.hex(QUERY + "0161 0162 00 0010 0001").udp(5000, 5300)))
                .isNotNull();
    }

    @Test
    void shouldReadNothingOnOtherPortsWhereThereIsDoubt() {
        String oneLabel = "0161 00 0010 0001";
        String otherClass = "0161 0162 00 0010 0003";
        String noType = "0161 0162 00 7fff 0001";
        String more = "0161 0162 00 0010 0001 00";
        for (String question : new String[] {oneLabel, otherClass, noType, more}) {
            assertThat(read(PacketBuilder.hex(QUERY + question).udp(5000, 5300)))
                    .as(question)
                    .isNull();
        }
    }

    @Test
    void shouldReadTheFirstMessageOfASegment() {
        DnsView dns = message(
                PacketBuilder.dnsQuery("a.b", 1).before("0015").behind("0015").tcp(5000, 53, 0x18, 5, ""), 6);
        assertThat(dns.presentationName()).isEqualTo("a.b");
        assertThat(dns.size).isEqualTo(21);
    }

    @Test
    void shouldReadResponseCodeAndAnswers() {
        DnsView dns = message(PacketBuilder.hex("1234 8183 0001 0000 0000 0000 0161 00 0001 0001")
                .udp(53, 5000));
        assertThat(dns.response).isTrue();
        assertThat(dns.responseCode).isEqualTo(3);
    }

    @Test
    void shouldKeepRawBytesOfLabels() {
        DnsView dns = message(
                PacketBuilder.hex(QUERY + "04 00ff2e5c 0161 00 000a 0001").udp(5000, 53));
        assertThat(dns.presentationName()).isEqualTo("\\000\\255\\046\\092.a");
        assertThat(dns.type).isEqualTo(10);
    }

    @Test
    void shouldFollowPointers() {
        DnsView dns =
                message(PacketBuilder.hex(QUERY + "0161 c014 0001 0001 0162 00").udp(5000, 53));
        assertThat(dns.complete).isTrue();
        assertThat(dns.type).isEqualTo(1);
        assertThat(dns.presentationName()).isEqualTo("a.b");
    }

    @Test
    void shouldEndInAPointerLoop() {
        DnsView dns = message(PacketBuilder.hex(QUERY + "0161 c00c 0001 0001").udp(5000, 53));
        assertThat(dns.complete).isFalse();
        assertThat(dns.nameLength).isLessThanOrEqualTo(254);
    }

    @Test
    void shouldSayThatAQuestionWasCut() {
        byte[] packet = PacketBuilder.dnsQuery("www.example.com", 1)
                .udp(5000, 53)
                .ipv4(17)
                .bytes();
        PacketView view =
                new Decoder().decode(1, LinkType.RAW, new UnsafeBuffer(packet), 0, packet.length - 12, packet.length);

        DnsView dns = Objects.requireNonNull(view.dns);
        assertThat(dns.complete).isFalse();
        assertThat(dns.presentationName()).isEqualTo("www");
        assertThat(dns.size).isEqualTo(33);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234 0100 0001 0000 0000",
                "1234 1900 0001 0000 0000 0000 0161 00 0001 0001",
                "1234 0100 0009 0000 0000 0000 0161 00 0001 0001",
                "1234 0100 0001 0009 0000 0000 0161 00 0001 0001",
                "0000 0000 0000 0000 0000 0000"
            })
    void shouldNotTakeForDnsWhatCannotBe(String message) {
        assertThat(read(PacketBuilder.hex(message).udp(5000, 53))).isNull();
    }

    private static DnsView message(PacketBuilder datagram) {
        return message(datagram, 17);
    }

    private static DnsView message(PacketBuilder payload, int protocol) {
        return Objects.requireNonNull(read(payload, protocol), "no DNS message was read");
    }

    private static @Nullable DnsView read(PacketBuilder datagram) {
        return read(datagram, 17);
    }

    private static @Nullable DnsView read(PacketBuilder payload, int protocol) {
        return payload.ipv4(protocol).decode(LinkType.RAW).dns;
    }
}
