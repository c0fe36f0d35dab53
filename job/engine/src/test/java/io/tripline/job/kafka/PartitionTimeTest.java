package io.tripline.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * How far event time has come. Seconds count from the first record; sensors are heard twice a second unless a test says
 * otherwise.
 */
class PartitionTimeTest {
    private static final long START = 1_790_000_000L;

    private final PartitionTime time = new PartitionTime(5_000);

    /** A live sensor is heard at a moment of the broker's clock, with a stream time so many seconds behind it. */
    private void heard(String sensor, double at, double behind) {
        time.heard(sensor, 1, micros(at - behind), true, false, millis(at));
    }

    private void ends(String sensor, double at) {
        time.heard(sensor, 1, micros(at), true, true, millis(at));
    }

    private void heardAll(double from, double to, String... sensors) {
        for (double at = from; at <= to; at += 0.5) {
            for (String sensor : sensors) {
                heard(sensor, at, 0);
            }
        }
    }

    private void nothingFor(int seconds) {
        for (int i = 0; i < seconds * 5; i++) {
            time.everythingIsRead();
            time.nothingCame(200);
        }
    }

    private static long micros(double seconds) {
        return (START * 1_000_000) + Math.round(seconds * 1_000_000);
    }

    private static long millis(double seconds) {
        return START * 1_000 + Math.round(seconds * 1_000);
    }

    /** Seconds since the start that are complete; -1 where none is. */
    private long complete() {
        return time.complete() == PartitionTime.NONE ? -1 : time.complete() - START;
    }

    @Test
    void shouldCompleteASecondWhenEverySensorHasGoneOnForOneMore() {
        heardAll(0, 10, "a", "b");

        assertThat(complete()).isEqualTo(8);
    }

    @Test
    void shouldFollowTheSlowestSensor() {
        for (double at = 0; at <= 20; at += 0.5) {
            heard("a", at, 0);
            heard("slow", at, 4);
        }

        assertThat(complete()).isEqualTo(20 - 4 - 2);
        assertThat(time.waitedFor()).isEqualTo(2);
    }

    @Test
    void shouldHoldTimeAtTheStartUntilEveryLivingSensorIsHeard() {
        heard("fast", 0, 0);
        heard("fast", 1.9, 0);
        assertThat(complete()).isEqualTo(-1);

        heard("slow", 1.9, 4);
        heard("fast", 2, 0);

        assertThat(complete())
                .as("-2.1 s is in the third second before the start")
                .isEqualTo(-3 - 2);
    }

    @Test
    void shouldPassOverASensorThatIsSilentWhileOthersAreHeard() {
        heardAll(0, 5, "a", "silent");
        heardAll(5.5, 10, "a");
        assertThat(complete()).as("waits for 5 s").isEqualTo(3);

        heardAll(10.5, 11, "a");

        assertThat(complete()).isEqualTo(9);
        assertThat(time.passedOver()).isEqualTo(1);
        assertThat(time.waitedFor()).isEqualTo(1);
    }

    @Test
    void shouldWaitForASensorAgainOnceItHasCaughtUpAndNeverGoBack() {
        heardAll(0, 5, "a", "b");
        heardAll(5.5, 20, "a");
        assertThat(complete()).isEqualTo(18);

        heard("b", 20, 15);
        heardAll(20.5, 22, "a");
        assertThat(complete()).as("nobody waits for 15 s").isEqualTo(20);
        assertThat(time.leftBehind()).isEqualTo(1);

        heard("b", 22, 2.4);
        heardAll(22.5, 24, "a");

        assertThat(complete()).isEqualTo(20);
        assertThat(time.leftBehind()).isZero();
        assertThat(time.passedOver()).isZero();
    }

    @Test
    void shouldNotTakeTheBrokersAbsenceForASensorsSilence() {
        heardAll(0, 5, "a", "b");

        // Five minutes without a broker; then one sensor is back before the other.
        heardAll(305, 308, "a");
        assertThat(complete()).isEqualTo(3);
        heardAll(308, 309, "a", "b");

        assertThat(complete()).isEqualTo(307);
    }

    @Test
    void shouldNotWaitForASensorThatEnds() {
        heardAll(0, 5, "a", "b");

        ends("b", 5);
        heardAll(5.5, 7, "a");

        assertThat(complete()).isEqualTo(5);
        assertThat(time.waitedFor()).isEqualTo(1);
        assertThat(time.passedOver()).isZero();
    }

    @Test
    void shouldTellTwoRunsOfASensorApart() {
        heardAll(0, 5, "a");
        time.heard("a", 2, micros(9), true, false, millis(5.5));
        assertThat(complete())
                .as("the first run may still have something to say")
                .isEqualTo(3);

        ends("a", 6);
        time.heard("a", 2, micros(9), true, false, millis(6.5));

        assertThat(complete()).isEqualTo(7);
    }

    @Test
    void shouldNotFollowALiveClockThatIsAheadOfTheBrokers() {
        heardAll(0, 5, "a");

        time.heard("wrong", 1, micros(5 + 61), true, false, millis(5));
        heardAll(5.5, 6, "a");

        assertThat(complete()).isEqualTo(4);
        assertThat(time.ahead()).isEqualTo(1);
    }

    @Test
    void shouldFollowAReplayWhateverItsTime() {
        for (double at = 0; at <= 3; at += 0.5) {
            time.heard("replay", 1, micros(3_600 + at), false, false, millis(at));
        }

        assertThat(complete()).isEqualTo(3_601);
    }

    @Test
    void shouldGoOnByItselfAfterAMinuteWithoutAnyRecord() {
        heardAll(0, 10, "a");
        nothingFor(59);
        assertThat(complete()).isEqualTo(8);

        nothingFor(1);
        assertThat(complete()).isEqualTo(68);
        nothingFor(30);

        assertThat(complete()).isEqualTo(98);
    }

    @Test
    void shouldGoOnByItselfSoonWhereAllSensorsEnded() {
        heardAll(0, 1, "a");
        ends("a", 1);
        nothingFor(1);
        assertThat(complete()).isEqualTo(-1);

        nothingFor(1);
        assertThat(complete()).isEqualTo(1);
        nothingFor(60);

        assertThat(complete()).isEqualTo(61);
    }

    @Test
    void shouldNotTakeAHeldUpTaskForQuiet() {
        heardAll(0, 10, "a");

        time.nothingCame(600_000);

        assertThat(complete()).isEqualTo(8);
        assertThat(time.quiet()).isEqualTo(1_000);
    }

    @Test
    void shouldNotGoOnByItselfUntilTheBrokerSaysThatAllIsRead() {
        heardAll(0, 10, "a");

        for (int i = 0; i < 500; i++) {
            time.nothingCame(200);
        }
        assertThat(complete()).isEqualTo(8);
        time.everythingIsRead();
        time.nothingCame(0);

        assertThat(complete()).isEqualTo(108);
    }

    @Test
    void shouldNotGoOnByItselfWhileTheBrokerIsAway() {
        heardAll(0, 10, "a");
        nothingFor(50);

        time.couldNotListen();
        nothingFor(50);

        assertThat(complete()).isEqualTo(8);
    }

    @Test
    void shouldSayThatNothingEverCame() {
        nothingFor(1);
        assertThat(time.isEmpty()).isFalse();

        nothingFor(1);
        assertThat(time.isEmpty()).isTrue();
        heard("a", 0, 0);

        assertThat(time.isEmpty()).isFalse();
    }

    @Test
    void shouldKeepStepAtOnceWhereLiveSensorsBeginInAPartitionThatWasEmpty() {
        nothingFor(3);

        heard("a", 0, 0);

        assertThat(complete())
                .as("otherwise other partitions would go on past what lies here")
                .isEqualTo(-2);
    }

    @Test
    void shouldNotTakeAPartitionWhoseLeaderIsAwayForEmpty() {
        for (int i = 0; i < 300; i++) {
            time.nothingCame(200);
            time.couldNotListen();
        }

        assertThat(time.isEmpty()).isFalse();
    }

    @Test
    void shouldDecideTheSameWhenTheLogIsReadAgain() {
        PartitionTime again = new PartitionTime(5_000);
        for (double at = 0; at <= 30; at += 0.5) {
            for (int sensor = 0; sensor < 5; sensor++) {
                if (sensor != 3 || at < 10 || at > 20) {
                    heard("s" + sensor, at, sensor * 0.3);
                    // The second time this machine is slow, and waits between any two records.
                    again.heard("s" + sensor, 1, micros(at - sensor * 0.3), true, false, millis(at));
                    again.nothingCame(700);
                }
            }
        }

        assertThat(again.complete()).isEqualTo(time.complete());
    }

    @Test
    void shouldBoundWhatItRemembers() {
        for (int i = 0; i < 2 * PartitionTime.RUNS; i++) {
            heard("made-up-" + i, 0, 0);
        }

        assertThat(time.waitedFor() + time.passedOver()).isLessThanOrEqualTo(PartitionTime.RUNS);
    }
}
