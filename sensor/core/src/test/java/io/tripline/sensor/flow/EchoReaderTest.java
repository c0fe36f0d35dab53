package io.tripline.sensor.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tripline.schemas.Echo;
import io.tripline.sensor.decode.PacketView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What an echo carries is told without its bytes. */
class EchoReaderTest {
    private static final long NOW = 1_767_225_600L;

    private final EchoReader reader = new EchoReader();

    @Test
    void shouldKnowThePingOfLinuxWhateverItsSize() {
        for (int size : new int[] {24, 56, 1_400, 8_000}) {
            assertThat(read(linux(size, 7)).getPattern()).isEqualTo(EchoReader.RAMP | EchoReader.TIME);
            assertThat(read(linux(size, 7)).getBody())
                    .isEqualTo(read(linux(size, 8)).getBody());
            assertThat(read(linux(size, 7)).getDigest())
                    .isNotEqualTo(read(linux(size, 8)).getDigest());
        }
    }

    @Test
    void shouldKnowThePatternsOfOtherPings() {
        byte[] windows = "abcdefghijklmnopqrstuvwabcdefghi".getBytes(StandardCharsets.US_ASCII);
        byte[] cisco = new byte[72];
        for (int i = 0; i < cisco.length; i++) {
            cisco[i] = (byte) (i % 2 == 0 ? 0xab : 0xcd);
        }
        assertThat(read(windows).getPattern()).isEqualTo(EchoReader.RAMP);
        assertThat(read(new byte[56]).getPattern()).isEqualTo(EchoReader.CONSTANT | EchoReader.PERIODIC);
        assertThat(read(cisco).getPattern()).isEqualTo(EchoReader.PERIODIC);
    }

    @Test
    void shouldKnowAPatternWithACounterInIt() {
        byte[] counted = linux(56, 1);
        ByteBuffer.wrap(counted).putLong(24, 0x1234_5678_9abc_def0L);
        assertThat(read(counted).getPattern() & EchoReader.RAMP).isEqualTo(EchoReader.RAMP);
    }

    @Test
    void shouldTellHowMuchOfTwoPayloadsDiffers() {
        byte[] one = random(400, 1);
        byte[] counted = one.clone();
        counted[100]++;
        assertThat(differing(one, counted)).isEqualTo(1);
        assertThat(differing(one, random(400, 2))).isGreaterThanOrEqualTo(7);
    }

    @Test
    void shouldSeeNoPatternInDataOfAnyKind() {
        byte[] text = "GET / HTTP/1.1 host: example.com, and so on it goes with ordinary words"
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(read(text).getPattern()).isZero();
        assertThat(read(random(64, 3)).getPattern()).isZero();
    }

    @Test
    void shouldTakeEntropyToAThousandthOfABit() {
        for (int size : new int[] {2, 16, 100, 1_400, 5_000}) {
            byte[] data = random(size, size);
            assertThat(read(data).getEntropy() / 1_000.0).isCloseTo(entropy(data), within(0.002));
        }
        assertThat(read(new byte[3_000]).getEntropy()).isZero();
    }

    @Test
    void shouldReadWhatThereIsOfACutPacket() {
        PacketView view = view(random(100, 5));
        view.payloadLength = 1_400;
        Echo echo = Objects.requireNonNull(reader.read(view));
        assertThat(echo.getSize()).isEqualTo(1_400);
        assertThat(echo.getRead()).isEqualTo(100);
    }

    @Test
    void shouldSayNothingOfAnEchoWithoutData() {
        Echo echo = read(new byte[0]);
        assertThat(echo.getDigest()).isZero();
        assertThat(echo.getBlocks()).isZero();
        assertThat(echo.getPattern()).isZero();
    }

    private int differing(byte[] one, byte[] other) {
        long blocks = read(one).getBlocks() ^ read(other).getBlocks();
        int count = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            count += (blocks >>> shift & 0xff) == 0 ? 0 : 1;
        }
        return count;
    }

    private Echo read(byte[] data) {
        return Objects.requireNonNull(reader.read(view(data)));
    }

    private static PacketView view(byte[] data) {
        PacketView view = new PacketView();
        view.time = NOW * 1_000_000_000L;
        view.buffer = new UnsafeBuffer(data);
        view.payloadCaptured = data.length;
        view.payloadLength = data.length;
        return view;
    }

    private static byte[] linux(int size, int micros) {
        byte[] data = new byte[size];
        for (int i = 16; i < size; i++) {
            data[i] = (byte) i;
        }
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putLong(NOW).putLong(micros);
        return data;
    }

    private static byte[] random(int size, long seed) {
        byte[] data = new byte[size];
        new Random(seed).nextBytes(data);
        return data;
    }

    private static double entropy(byte[] data) {
        int[] counts = new int[256];
        for (byte value : data) {
            counts[value & 0xff]++;
        }
        double sum = 0;
        for (int count : counts) {
            double share = (double) count / data.length;
            sum -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
        }
        return sum;
    }
}
