package io.tripline.rules.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sources in bounded memory. */
class SourceSampleTest {
    private static final long SEED = 20_260_208;

    @Test
    void shouldBeExactUpToItsCapacity() {
        SourceSample sample = new SourceSample(128);
        for (int i = 0; i < 128; i++) {
            sample.add(0, i, 1 + i % 2);
        }

        assertThat(sample.distinct()).isEqualTo(128);
        assertThat(sample.singlePercent()).isEqualTo(50);
        assertThat(sample.approximate()).isFalse();
        assertThat(sample.busiest().get(0).packets()).isEqualTo(2);
    }

    @Test
    void shouldEstimateWhatItCannotHold() {
        Random random = new Random(SEED);
        SourceSample sample = new SourceSample(256);
        for (int i = 0; i < 100_000; i++) {
            sample.add(random.nextLong(), random.nextLong(), 1);
        }

        assertThat((double) sample.distinct()).isCloseTo(100_000, within(30_000.0));
        assertThat(sample.singlePercent()).isEqualTo(100);
        assertThat(sample.kept()).isBetween(100, 256);
    }

    @Test
    void shouldKeepTheSameHoweverItIsSplit() throws IOException {
        for (int sources : new int[] {1, 2, 100, 5_000}) {
            SourceSample whole = new SourceSample(128);
            SourceSample left = new SourceSample(128);
            SourceSample right = new SourceSample(128);
            Random random = new Random(SEED);
            for (int i = 0; i < 20_000; i++) {
                long source = random.nextInt(sources);
                whole.add(7, source, 1);
                (i % 3 == 0 ? left : right).add(7, source, 1);
            }
            right.merge(left);

            assertThat(bytes(right)).as("%s sources", sources).isEqualTo(bytes(whole));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes(whole)));
            assertThat(bytes(SourceSample.read(in, 128))).isEqualTo(bytes(whole));
        }
    }

    private static byte[] bytes(SourceSample sample) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sample.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
