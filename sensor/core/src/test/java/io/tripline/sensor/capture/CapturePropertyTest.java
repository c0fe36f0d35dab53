package io.tripline.sensor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.sensor.capture.Reading.Seen;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random captures and random damage. Rerun a failure with {@code -Dtripline.seed=} and the seed it printed. */
class CapturePropertyTest {
    private static final int CAPTURES = 60;

    private final long seed = Long.getLong("tripline.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** A capture, its packets, and for each of them the size of the capture up to its end. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sample(byte[] bytes, List<Seen> packets, List<Integer> ends) {
        List<Seen> wholeBefore(int offset) {
            return packets.subList(
                    0, (int) ends.stream().filter(end -> end <= offset).count());
        }
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        for (int i = 0; i < CAPTURES; i++) {
            Sample sample = sample();

            Reading reading = Reading.of(sample.bytes);

            assertThat(reading.problems()).as("seed %d, capture %d", seed, i).isEmpty();
            assertThat(reading.packets()).as("seed %d, capture %d", seed, i).isEqualTo(sample.packets);
        }
    }

    @Test
    void shouldGiveExactlyTheWholePacketsWhereverACaptureIsCut() throws IOException {
        for (int i = 0; i < 2; i++) {
            Sample sample = sample();
            for (int size = 0; size < sample.bytes.length; size++) {
                Reading reading = Reading.of(Arrays.copyOf(sample.bytes, size));

                assertThat(reading.packets())
                        .as("seed %d, capture %d, size %d", seed, i, size)
                        .isEqualTo(sample.wholeBefore(size));
                assertThat(reading.problems()).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void shouldGiveThePacketsBeforeAnyDamage() throws IOException {
        for (int i = 0; i < CAPTURES; i++) {
            Sample sample = sample();
            int at = random.nextInt(sample.bytes.length);
            byte[] damaged = sample.bytes.clone();
            for (int k = at; k < Math.min(damaged.length, at + 1 + random.nextInt(8)); k++) {
                damaged[k] = (byte) random.nextInt();
            }

            Reading reading = Reading.of(damaged);

            List<Seen> whole = sample.wholeBefore(at);
            assertThat(reading.packets().size())
                    .as("seed %d, capture %d, offset %d", seed, i, at)
                    .isGreaterThanOrEqualTo(whole.size());
            assertThat(reading.packets().subList(0, whole.size()))
                    .as("seed %d, capture %d, offset %d", seed, i, at)
                    .isEqualTo(whole);
        }
    }

    @Test
    void shouldSurviveDamageEverywhere() throws IOException {
        for (int i = 0; i < CAPTURES; i++) {
            byte[] bytes = sample().bytes;
            if (random.nextBoolean()) {
                bytes = GzipBytes.gzip(bytes);
            }
            for (int k = random.nextInt(20); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
            }
            Reading reading = Reading.of(bytes);
            assertThat(reading.problems())
                    .as("seed %d, capture %d", seed, i)
                    .hasSizeLessThanOrEqualTo(ProblemLog.KEPT + 1);
        }
    }

    private Sample sample() {
        return random.nextBoolean() ? pcap() : pcapng();
    }

    private ByteOrder order() {
        return random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private byte[] data() {
        byte[] data = new byte[random.nextInt(random.nextInt(20) == 0 ? 500 : 60)];
        random.nextBytes(data);
        return data;
    }

    private Sample pcap() {
        boolean nanoseconds = random.nextBoolean();
        PcapBytes out = new PcapBytes(nanoseconds ? CaptureFormat.PCAP_NANOSECONDS : CaptureFormat.PCAP, order());
        List<Seen> packets = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            byte[] data = data();
            long seconds = random.nextInt() & 0xffff_ffffL;
            int fraction = random.nextInt(1_000_000);
            out.packet(seconds, fraction, data, data.length + 5);
            packets.add(new Seen(
                    seconds * 1_000_000_000L + fraction * (nanoseconds ? 1L : 1000L),
                    1,
                    HexFormat.of().formatHex(data),
                    data.length + 5));
            ends.add(out.size());
        }
        return new Sample(out.bytes(), packets, ends);
    }

    private Sample pcapng() {
        PcapngBytes out = new PcapngBytes();
        List<Seen> packets = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (int sections = 1 + random.nextInt(3); sections > 0; sections--) {
            out.section(order());
            int interfaces = 1 + random.nextInt(3);
            for (int i = 0; i < interfaces; i++) {
                out.describe(i == 0 ? 1 : 101, 0, out.option(PcapngBytes.TIME_RESOLUTION, (byte) 9));
            }
            for (int i = random.nextInt(10); i > 0; i--) {
                byte[] data = data();
                int number = random.nextInt(interfaces);
                long time = random.nextLong() >>> 1;
                if (random.nextInt(3) == 0) {
                    out.obsolete(number, time, data, data.length + 5);
                } else {
                    out.enhanced(number, time, data, data.length + 5, out.option(1, data()));
                }
                packets.add(new Seen(time, number == 0 ? 1 : 101, HexFormat.of().formatHex(data), data.length + 5));
                ends.add(out.size());
                if (random.nextInt(3) == 0) {
                    out.block(random.nextBoolean() ? 5 : 0x7777, data());
                }
            }
        }
        return new Sample(out.bytes(), packets, ends);
    }
}
