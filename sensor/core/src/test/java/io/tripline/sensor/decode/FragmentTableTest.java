package io.tripline.sensor.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentTableTest {
    private Decoder decoder = new Decoder();
    private final PacketBuilder segment = PacketBuilder.payload(20).tcp(1000, 2000, 0x29, 1024, "020405b4");

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24})
    void shouldReadTheHeaderWithTheFragmentThatCompletesIt(int size) {
        for (int at = 0; at < segment.length(); at += size) {
            PacketView view = ipv4(at, at + size);

            boolean completes = at < 24 && at + size >= 24;
            assertThat(view.fragment).as("at %d", at).isEqualTo(!completes);
            assertThat(view.protocol).isEqualTo(6);
            if (completes) {
                shouldBeTheSegment(view);
                assertThat(view.payloadLength).isEqualTo(at + size - 24);
            } else {
                assertThat(view.sourcePort).isZero();
            }
        }
    }

    @Test
    void shouldReadTheHeaderWhateverTheOrder() {
        for (List<Integer> order : List.of(List.of(16, 8, 0), List.of(40, 0, 16, 8), List.of(8, 40, 16, 0))) {
            decoder = new Decoder();
            int last = order.get(order.size() - 1);
            for (int at : order.subList(0, order.size() - 1)) {
                assertThat(ipv4(at, at + 8).fragment).isTrue();
            }
            PacketView view = ipv4(last, last + 8);
            assertThat(view.fragment).isFalse();
            shouldBeTheSegment(view);
        }
    }

    @Test
    void shouldReadFragmentsOfIpv6() {
        assertThat(ipv6(0, 8).fragment).isTrue();
        assertThat(ipv6(16, 24).fragment).isTrue();
        PacketView view = ipv6(8, 16);

        assertThat(view.fragment).isFalse();
        assertThat(view.ipId).isEqualTo(77);
        shouldBeTheSegment(view);
    }

    @Test
    void shouldReadAFirstFragmentThatHoldsTheHeader() {
        PacketBuilder datagram = PacketBuilder.payload(2_000).udp(1000, 53);

        PacketView first = datagram.slice(0, 1480).ipv4Fragment(17, 0, true).decode(decoder, LinkType.RAW);
        assertThat(first.fragment).isFalse();
        assertThat(first.destinationPort).isEqualTo(53);
        assertThat(first.udpLength).isEqualTo(2_008);
        assertThat(first.payloadLength).isEqualTo(1_472);

        PacketView second =
                datagram.slice(1480, 2_008).ipv4Fragment(17, 1480, false).decode(decoder, LinkType.RAW);
        assertThat(second.fragment).isTrue();
        assertThat(second.destinationPort).isZero();
    }

    @Test
    void shouldKeepTheFirstOfOverlappingBytes() {
        ipv4(0, 8);
        ipv4(8, 16);
        PacketBuilder.hex("ff".repeat(16)).ipv4Fragment(6, 0, true).decode(decoder, LinkType.RAW);

        shouldBeTheSegment(ipv4(16, 24));
    }

    @Test
    void shouldForgetAfterTheTimeout() {
        ipv4(0, 8);
        ipv4(8, 16);
        byte[] late = segment.slice(16, 24).ipv4Fragment(6, 16, true).bytes();

        long time = Duration.ofSeconds(31).toNanos();
        assertThat(decoder.decode(time, LinkType.RAW, new UnsafeBuffer(late), 0, late.length, late.length).fragment)
                .isTrue();
    }

    @Test
    void shouldBeginAgainWhenAnIdentificationComesBack() {
        for (int round = 0; round < 3; round++) {
            assertThat(ipv4(0, 8).fragment).isTrue();
            assertThat(ipv4(8, 16).fragment).isTrue();
            assertThat(ipv4(16, 24).fragment).isFalse();
            assertThat(ipv4(16, 24).fragment).isTrue();
        }
    }

    @Test
    void shouldForgetTheOldestWhereThereIsNoRoom() {
        Decoder small = new Decoder(new DecoderSettings(true, 8, Duration.ofSeconds(30)));
        for (int i = 0; i < 9; i++) {
            byte[] bytes = segment.slice(0, 8).ipv4Fragment(6, 0, true).bytes();
            bytes[5] = (byte) i;
            small.decode(i, LinkType.RAW, new UnsafeBuffer(bytes), 0, bytes.length, bytes.length);
        }

        assertThat(small.fragmentedPacketsForgotten()).isEqualTo(1);
    }

    @Test
    void shouldSayThatADatagramIsTooShortForItsHeader() {
        ipv4(0, 8);
        PacketView view = segment.slice(8, 10).ipv4Fragment(6, 8, false).decode(decoder, LinkType.RAW);

        assertThat(view.unread).isEqualTo(Unread.TCP_HEADER_INVALID);
    }

    @Test
    void shouldTakeNoHarmFromImpossibleOffsets() {
        PacketView pingOfDeath =
                PacketBuilder.payload(1000).ipv4Fragment(1, 65_528, false).decode(decoder, LinkType.RAW);
        assertThat(pingOfDeath.fragment).isTrue();

        PacketBuilder.payload(36).ipv4Fragment(17, 0, true).decode(decoder, LinkType.RAW);
        PacketView teardrop =
                PacketBuilder.payload(4).ipv4Fragment(17, 24, false).decode(decoder, LinkType.RAW);
        assertThat(teardrop.fragment).isTrue();
    }

    private static void shouldBeTheSegment(PacketView view) {
        assertThat(view.sourcePort).isEqualTo(1000);
        assertThat(view.destinationPort).isEqualTo(2000);
        assertThat(view.tcpFlags).isEqualTo(0x29);
        assertThat(view.tcpWindow).isEqualTo(1024);
        assertThat(view.tcpOptions).isEqualTo(TcpOptions.SEGMENT_SIZE);
    }

    private PacketView ipv4(int from, int to) {
        return segment.slice(from, to)
                .ipv4Fragment(6, from, to < segment.length())
                .decode(decoder, LinkType.RAW);
    }

    private PacketView ipv6(int from, int to) {
        return segment.slice(from, to)
                .ipv6Fragment(6, from, to < segment.length())
                .ipv6(44)
                .decode(decoder, LinkType.RAW);
    }
}
