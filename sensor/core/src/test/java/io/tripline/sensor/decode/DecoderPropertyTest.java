package io.tripline.sensor.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.IpProtocol;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any bytes. Run again with {@code -Dtripline.seed=N}. */
class DecoderPropertyTest {
    private static final long SEED = Long.getLong("tripline.seed", System.nanoTime());

    /** What a cut may change: how much of the payload there is, and what is inside of it. */
    private static final Set<String> PAYLOAD =
            Set.of("payloadCaptured", "payloadOffset", "dns", "buffer", "dnsView", "rare");

    static List<PacketCatalogue.Packet> packets() {
        return PacketCatalogue.all();
    }

    @ParameterizedTest
    @MethodSource("packets")
    void shouldReadTheSameHeadersOrSayWhyNotWhereverTheCaptureCuts(PacketCatalogue.Packet packet) {
        PacketView whole = decode(new Decoder(), packet.linkType(), packet.bytes(), packet.bytes().length);
        assertThat(whole.unread).isNull();
        for (int captured = 0; captured < packet.bytes().length; captured++) {
            byte[] cut = Arrays.copyOf(packet.bytes(), captured);
            PacketView view = decode(new Decoder(), packet.linkType(), cut, packet.bytes().length);
            if (view.unread == null) {
                assertThat(fields(view, true))
                        .as("%s cut to %d", packet, captured)
                        .isEqualTo(fields(whole, true));
                assertThat(view.tcpOptions).isIn(whole.tcpOptions, TcpOptions.UNREADABLE);
                assertThat(view.quotedSourcePort).isIn(whole.quotedSourcePort, 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("packets")
    void shouldLeaveNothingBehindForTheNextPacket(PacketCatalogue.Packet packet) {
        Decoder used = new Decoder();
        for (PacketCatalogue.Packet other : PacketCatalogue.all()) {
            decode(used, other.linkType(), other.bytes(), other.bytes().length);
            PacketView again = decode(used, packet.linkType(), packet.bytes(), packet.bytes().length);
            PacketView alone = decode(new Decoder(), packet.linkType(), packet.bytes(), packet.bytes().length);
            assertThat(fields(again, false)).as("%s after %s", packet, other).isEqualTo(fields(alone, false));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 12, 101, 108, 113, 228, 229, 276, 105})
    void shouldReadRandomBytesWithoutLeavingThem(int linkType) {
        Random random = random();
        Decoder decoder = new Decoder();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            shouldStayInside(decoder, random, linkType, bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("packets")
    void shouldReadMutatedPacketsWithoutLeavingThem(PacketCatalogue.Packet packet) {
        Random random = random();
        Decoder decoder = new Decoder();
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = Arrays.copyOf(
                    packet.bytes(),
                    packet.bytes().length - (random.nextInt(4) == 0 ? random.nextInt(packet.bytes().length) : 0));
            for (int flips = 1 + random.nextInt(6); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt() : -random.nextInt(2));
            }
            shouldStayInside(decoder, random, packet.linkType(), bytes);
        }
    }

    @Test
    void shouldTakeAnyOrderOverlapAndLengthOfFragments() {
        Random random = random();
        Decoder decoder = new Decoder();
        for (int i = 0; i < 100_000; i++) {
            PacketBuilder fragment = PacketBuilder.payload(random.nextInt(80));
            int protocol = List.of(6, 17, 1, 132, 51, 0, 58, 44).get(random.nextInt(8));
            int offset = random.nextInt(20) == 0 ? 65_528 : 8 * random.nextInt(20);
            boolean more = random.nextInt(4) > 0;
            PacketBuilder packet = random.nextBoolean()
                    ? fragment.ipv4Fragment(protocol, offset, more)
                    : fragment.ipv6Fragment(protocol, offset, more).ipv6(44);
            shouldStayInside(decoder, random, LinkType.RAW, packet.bytes());
        }
    }

    /** Whatever lies around the captured bytes, the result is the same and its payload is inside. */
    private static void shouldStayInside(Decoder decoder, Random random, int linkType, byte[] bytes) {
        int length = bytes.length + random.nextInt(3) * 50;
        PacketView view = decode(decoder, linkType, bytes, length);
        assertThat(view.payloadCaptured).isBetween(0, bytes.length);
        assertThat(view.payloadLength).isNotNegative();
        if (view.payloadCaptured > 0) {
            assertThat(view.payloadOffset).isBetween(0, bytes.length - view.payloadCaptured);
        }
        assertThat(view.protocol).isBetween(-1, IpProtocol.ARP);
        if (!view.fragment && view.ipId != 77) {
            List<Object> exact = fields(view, false);
            byte[] surrounded = new byte[bytes.length + 200];
            random.nextBytes(surrounded);
            System.arraycopy(bytes, 0, surrounded, 0, bytes.length);
            PacketView again = decoder.decode(1, linkType, new UnsafeBuffer(surrounded), 0, bytes.length, length);
            if (!again.fragment) {
                assertThat(fields(again, false)).isEqualTo(exact);
            }
        }
    }

    private static PacketView decode(Decoder decoder, int linkType, byte[] exact, int length) {
        return decoder.decode(1, linkType, new UnsafeBuffer(exact), 0, exact.length, length);
    }

    /** Values of all header fields; without those of a quote and of options, which a cut may take away, where told. */
    private static List<Object> fields(PacketView view, boolean cut) {
        List<Object> values = new ArrayList<>();
        for (Field field : PacketView.class.getDeclaredFields()) {
            String name = field.getName();
            if (Modifier.isStatic(field.getModifiers())
                    || field.isSynthetic()
                    || PAYLOAD.contains(name)
                    || (cut && (name.startsWith("quoted") || name.equals("tcpOptions")))) {
                continue;
            }
            try {
                values.add(name + "=" + field.get(view));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return values;
    }

    private static Random random() {
        System.out.println("tripline.seed=" + SEED);
        return new Random(SEED);
    }
}
