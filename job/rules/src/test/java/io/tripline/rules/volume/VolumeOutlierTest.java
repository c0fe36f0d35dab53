package io.tripline.rules.volume;

import static io.tripline.rules.volume.Uploads.OUTSIDE;
import static io.tripline.rules.volume.Uploads.SERVER;
import static io.tripline.rules.volume.Uploads.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who moves far more than it and others usually do is named; who always does, or only fetches, is not. */
class VolumeOutlierTest {
    private static final long SEED = 20_260_103;
    private static final long MEGABYTES = 1_000_000;

    @Test
    void shouldNameWhoSendsFourMegabytesAmongTwelve() {
        List<Finding> findings = new Uploads(SEED)
                .background(12, 0, 30)
                .upload(SOURCE, SERVER, 3, 12, 4 * MEGABYTES)
                .findings();

        assertThat(findings).extracting(Finding::stage).containsExactly(Stage.OPENED, Stage.UPDATED, Stage.CLOSED);
        Finding last = findings.get(2);
        assertThat(last.actor()).hasToString(SOURCE);
        assertThat(last.hostSample()).extracting(Object::toString).containsExactly(SERVER);
        assertThat(last.bytes()).isBetween(3_990_000L, 4_000_000L);
        VolumeEvidence evidence = (VolumeEvidence) last.detail();
        assertThat(evidence.others()).isEqualTo(12);
        assertThat(evidence.timesOthers()).isGreaterThan(100);
        assertThat(evidence.ownMinutes()).isZero();
    }

    @Test
    void shouldTellAsSoonAsTheFloorIsCrossed() {
        Finding opened = new Uploads(SEED)
                .background(12, 0, 60)
                .upload(SOURCE, SERVER, 10, 40, 40 * MEGABYTES)
                .opened()
                .get(0);

        assertThat(opened.crossed() - opened.firstSeen()).isLessThan(5_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 40, 50, 55, 58})
    void shouldNotLoseAnUploadToAMinutesEnd(int atSecond) {
        assertThat(new Uploads(SEED)
                        .background(12, 0, 120)
                        .upload(SOURCE, SERVER, atSecond, 20, 3 * MEGABYTES)
                        .named())
                .containsExactly(SOURCE);
    }

    /** 84,589 packets of one host, and what its partners answered, as an incident report has them. */
    @Test
    void shouldNameTheOneSourceAndNotTheServersThatAnsweredIt() {
        long[] answers = {558, 295, 5, 407, 59, 218, 521, 2_216, 158, 7_125, 107, 735};
        Uploads uploads = new Uploads(SEED);
        int seconds = 300;
        for (int server = 0; server < answers.length; server++) {
            long asked = server == 9 ? 77_000 : 84_589 / 12 / 10;
            for (int second = server; second < seconds; second += 10) {
                uploads.exchange(
                        "10.1.25.101",
                        "198.51.100." + server,
                        443,
                        second,
                        asked / 30,
                        asked / 30 * 300,
                        Math.max(1, answers[server] / 30),
                        Math.max(1, answers[server] / 30) * 200);
            }
        }

        assertThat(uploads.named()).containsExactly("10.1.25.101");
    }

    @Test
    void shouldSayNothingWithTooFewToCompareWith() {
        Uploads few = new Uploads(SEED).background(5, 0, 30).upload(SOURCE, SERVER, 3, 6, 6 * MEGABYTES);

        assertThat(few.named()).isEmpty();
    }

    @Test
    void shouldCompareWithItsOwnMinutesWhereItIsAlone() {
        Uploads alone = new Uploads(SEED);
        for (int minute = 0; minute < 40; minute++) {
            alone.upload(SOURCE, OUTSIDE, 60 * minute, 30, 100_000);
        }
        alone.upload(SOURCE, OUTSIDE, 60 * 40, 30, 40 * MEGABYTES);

        List<Finding> opened = alone.opened();
        assertThat(opened).hasSize(1);
        VolumeEvidence evidence = (VolumeEvidence) opened.get(0).detail();
        assertThat(evidence.ownMinutes()).isBetween(35, 40);
        assertThat(evidence.own()).isBetween(80_000L, 100_000L);
    }

    @Test
    void shouldGrowQuietAboutABackupThatRecurs() {
        Uploads backup = new Uploads(SEED);
        for (int minute = 0; minute < 60; minute++) {
            boolean running = minute % 6 == 3;
            backup.upload(SOURCE, SERVER, 60 * minute, 30, running ? 50 * MEGABYTES : 50_000);
        }

        assertThat(backup.opened().size()).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldKeepQuietAboutDownloadsCallsAndServers() {
        assertThat(new Uploads(SEED)
                        .background(12, 0, 60)
                        .download(SOURCE, SERVER, 0, 50, 500 * MEGABYTES)
                        .named())
                .isEmpty();
        Uploads call = new Uploads(SEED).background(12, 0, 60);
        for (int second = 0; second < 60; second++) {
            call.exchange(SOURCE, OUTSIDE, 3478, second, 200, 200_000, 200, 200_000);
        }
        assertThat(call.named()).isEmpty();
    }

    @Test
    void shouldKeepQuietAboutWhatGoesToAGroup() {
        assertThat(new Uploads(SEED)
                        .background(12, 0, 60)
                        .upload(SOURCE, "239.1.1.1", 0, 50, 50 * MEGABYTES)
                        .upload(SOURCE, "ff0e::1", 0, 50, 50 * MEGABYTES)
                        .named())
                .isEmpty();
    }

    @Test
    void shouldNotTakeAcknowledgementsForDataWhereNoAnswerIsSeen() {
        Uploads acknowledgements = new Uploads(SEED).background(12, 0, 60).onlyOut();
        for (int second = 0; second < 60; second++) {
            acknowledgements.exchange(SOURCE, OUTSIDE, 443, second, 2_000, 2_000 * 66, 0, 0);
        }
        assertThat(acknowledgements.named()).isEmpty();
        assertThat(new Uploads(SEED)
                        .background(12, 0, 60)
                        .onlyOut()
                        .upload(SOURCE, OUTSIDE, 5, 20, 6 * MEGABYTES)
                        .named())
                .containsExactly(SOURCE);
    }

    @Test
    void shouldBeMediumWhereDataLeavesAndLowInside() {
        assertThat(severity(OUTSIDE)).isEqualTo(Severity.MEDIUM);
        assertThat(severity(SERVER)).isEqualTo(Severity.LOW);
    }

    private static Severity severity(String target) {
        return Wire.severity(new Uploads(SEED)
                .background(12, 0, 30)
                .upload(SOURCE, target, 3, 12, 40 * MEGABYTES)
                .opened()
                .get(0));
    }

    @Test
    void shouldLimitPacketsInAllWhereAsked() {
        VolumeOutlier.Settings limited =
                new VolumeOutlier.Settings(2_000_000, 3_000, 4, 10, 5, 8, 10_000, Duration.ofHours(2));
        Uploads many = new Uploads(SEED, limited);
        for (int second = 0; second < 1_100; second++) {
            many.exchange(SOURCE, SERVER, 53, second, 10, 800, 10, 2_000);
        }

        assertThat(many.named()).containsExactly(SOURCE);
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new VolumeOutlier.Settings(0, 1, 1, 1, 1, 2, 0, Duration.ofHours(1)))
                .hasMessage("floorBytes: 0, must be 1 to 1000000000000000");
        assertThatThrownBy(() -> new VolumeOutlier.Settings(1, 1, 1, 1, 61, 2, 0, Duration.ofHours(1)))
                .hasMessage("ownMinutes: 61, must be 1 to 60");
    }
}
