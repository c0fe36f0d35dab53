package io.tripline.rules.volume;

import static io.tripline.rules.volume.Uploads.OUTSIDE;
import static io.tripline.rules.volume.Uploads.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * Where uploads begin and cease to be found, and where false alarms begin, as conditions change; the table goes to
 * {@code target/variations/volume-outlier.md}.
 */
class VolumeOutlierVariationsTest {
    private static final long SEED = 20_260_104;
    private static final long KILOBYTE = 1_000;
    private static final long MEGABYTES = 1_000_000;

    private final StringBuilder table =
            new StringBuilder("Seed " + SEED + "\n\n| varied | hits from | to |\n| --- | ---: | ---: |\n");

    @Test
    void shouldKnowItsEdges() throws IOException {
        int[] size = edges(
                "upload in 20 s among 12, KB",
                500,
                6_000,
                100,
                kilobytes -> found(among(12).upload(SOURCE, OUTSIDE, 5, 20, kilobytes * KILOBYTE)));
        int[] duration = edges(
                "6 MB over so many seconds",
                5,
                300,
                5,
                seconds -> found(new Uploads(SEED)
                        .background(12, 0, seconds + 60)
                        .upload(SOURCE, OUTSIDE, 5, seconds, 6 * MEGABYTES)));
        int[] others = edges(
                "other sources",
                2,
                40,
                1,
                sources -> found(
                        new Uploads(SEED).background(sources, 0, 60).upload(SOURCE, OUTSIDE, 10, 30, 6 * MEGABYTES)));
        int[] loss = edges(
                "loss at the tap, percent",
                0,
                90,
                5,
                percent -> found(among(12).lossy(percent / 100.0).upload(SOURCE, OUTSIDE, 5, 20, 6 * MEGABYTES)));
        int[] together = edges("uploaders at once among 12", 1, 12, 1, this::uploadersFound);
        int[] ipv6 = edges(
                "IPv6, upload in 20 s, KB",
                500,
                6_000,
                100,
                kilobytes -> found(among(12).upload("2001:db8::5", "2001:db8:1::9", 5, 20, kilobytes * KILOBYTE)));
        int[] alarms = edges(
                "false alarms: deviation of ordinary minutes, quarter octaves",
                1,
                12,
                1,
                VolumeOutlierVariationsTest::alarms);
        Files.createDirectories(Path.of("target/variations"));
        Files.writeString(Path.of("target/variations/volume-outlier.md"), table);

        assertThat(size[0]).isBetween(2_000, 2_300);
        assertThat(size[1]).isEqualTo(6_000);
        assertThat(duration[0]).isEqualTo(5);
        assertThat(duration[1]).isGreaterThanOrEqualTo(120);
        // Both servers send too, and count where those who begin are too few.
        assertThat(others).containsExactly(6, 40);
        assertThat(loss[0]).isZero();
        assertThat(loss[1]).isGreaterThanOrEqualTo(50);
        assertThat(together[0]).isEqualTo(1);
        assertThat(together[1]).isGreaterThanOrEqualTo(2);
        assertThat(ipv6).isEqualTo(size);
        assertThat(alarms[0] == -1 || alarms[0] >= 4).isTrue();
    }

    private static Uploads among(int sources) {
        return new Uploads(SEED).background(sources, 0, 60);
    }

    private static boolean found(Uploads uploads) {
        return uploads.named().size() == 1;
    }

    private boolean uploadersFound(int uploaders) {
        Uploads uploads = among(12);
        for (int i = 0; i < uploaders; i++) {
            uploads.upload("10.50.2." + i, OUTSIDE, 10, 30, 6 * MEGABYTES);
        }
        return uploads.named().size() == uploaders;
    }

    /** Fifty sources for half an hour, each with a size of its own and minutes that spread over so many octaves around it. */
    private static boolean alarms(int octaves) {
        Random random = new Random(SEED);
        Uploads uploads = new Uploads(SEED);
        for (int source = 1; source <= 50; source++) {
            double usual = 20_000 * Math.pow(2, 2 * random.nextGaussian());
            for (int minute = 0; minute < 30; minute++) {
                double bytes = usual * Math.pow(2, octaves / 4.0 * random.nextGaussian());
                uploads.upload("10.50.3." + source, OUTSIDE, 60 * minute + random.nextInt(30), 10, (long) bytes);
            }
        }
        return !uploads.named().isEmpty();
    }

    /** First and last value for which the condition holds; -1 where there is none. */
    private int[] edges(String what, int from, int to, int step, IntPredicate holds) {
        int first = -1;
        int last = -1;
        for (int value = from; value <= to; value += step) {
            if (holds.test(value)) {
                first = first < 0 ? value : first;
                last = value;
            }
        }
        table.append("| ")
                .append(what)
                .append(" | ")
                .append(first)
                .append(" | ")
                .append(last)
                .append(" |\n");
        return new int[] {first, last};
    }
}
