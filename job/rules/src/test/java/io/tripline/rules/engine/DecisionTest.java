package io.tripline.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.incident.Reason;
import io.tripline.rules.incident.TestId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private enum Door implements TestId {
        KNOCKS("knocks at %s", 0),
        BAD("of these with a boot, percent", 0),
        OPENED("doors opened", 0),
        LOUD("decibels", 20),
        POLITE("words of thanks", -30),
        POINTS("points of all signals", 0);

        private final String phrase;
        private final int points;

        Door(String phrase, int points) {
            this.phrase = phrase;
            this.points = points;
        }

        @Override
        public String phrase() {
            return phrase;
        }

        @Override
        public int points() {
            return points;
        }
    }

    private static final Object SILENT = new Object() {
        @Override
        public String toString() {
            throw new AssertionError("a text is made though nobody needs one");
        }
    };

    private final List<String> told = new ArrayList<>();
    private final Decision traced = new Decision(
            "doors",
            (rule, subject, second, reason, passed) -> told.add(
                    rule + " " + subject + " " + second + " " + reason.text() + " " + reason.value() + " " + passed));
    private final Decision decision = new Decision("doors", DecisionTrace.NONE);

    @Test
    void shouldBePassedWhereAllTestsOfAGroupAre() {
        decision.about("house", 7).above(Door.KNOCKS, "the front", 21, 20).share(Door.BAD, 11, 21, 50);

        assertThat(decision.passed()).isTrue();
        assertThat(decision.reasons())
                .containsExactly(
                        new Reason("KNOCKS", "the front", "knocks at the front", 21, 20),
                        new Reason("BAD", "", "of these with a boot, percent", 52, 50));
    }

    @Test
    void shouldNotBePassedWhereOneTestOfAGroupIsNot() {
        assertThat(decision.about("house", 7).above(Door.KNOCKS, "a", 20, 20).passed())
                .isFalse();
        assertThat(decision.about("house", 7)
                        .above(Door.KNOCKS, "a", 21, 20)
                        .share(Door.BAD, 1, 2, 50)
                        .passed())
                .isFalse();
        assertThat(decision.about("house", 7)
                        .above(Door.KNOCKS, "a", 21, 20)
                        .provided(false)
                        .passed())
                .isFalse();
        assertThat(decision.about("house", 7)
                        .aboveIf(false, Door.KNOCKS, "a", 21, 20)
                        .passed())
                .isFalse();
        assertThat(decision.reasons()).isEmpty();
    }

    @Test
    void shouldHaveTheReasonsOfEachGroupThatIsPassedAndOfNoOther() {
        decision.about("house", 7)
                .above(Door.OPENED, 2, 1)
                .or()
                .above(Door.KNOCKS, "a", 21, 20)
                .share(Door.BAD, 1, 2, 50);

        assertThat(decision.passed()).isTrue();
        assertThat(decision.has(Door.OPENED)).isTrue();
        assertThat(decision.has(Door.KNOCKS)).isFalse();
        assertThat(decision.or().above(Door.KNOCKS, "b", 30, 20).reasons())
                .extracting(Reason::text)
                .containsExactly("doors opened", "knocks at b");
    }

    @Test
    void shouldForgetTheLastDecisionWhenItBeginsAnew() {
        decision.about("house", 7).above(Door.OPENED, 2, 1).or().above(Door.OPENED, 0, 1);

        assertThat(decision.about("barn", 8).passed()).isFalse();
        assertThat(decision.reasons()).isEmpty();
    }

    @Test
    void shouldTellEveryTestWhetherOrNotItIsPassed() {
        traced.about("house", 7)
                .above(Door.KNOCKS, 3, 20, 20)
                .share(Door.BAD, 3, 4, 50)
                .or()
                .aboveIf(false, Door.OPENED, "", 2, 1);

        assertThat(told)
                .containsExactly(
                        "doors house 7 knocks at 3 20 false",
                        "doors house 7 of these with a boot, percent 75 true",
                        "doors house 7 doors opened 2 false");
    }

    @Test
    void shouldSayNothingInWordsUnlessATestIsPassedOrSomebodyListens() {
        decision.about(SILENT, 7)
                .above(Door.KNOCKS, SILENT, 20, 20)
                .share(Door.BAD, SILENT, 1, 2, 50)
                .or()
                .aboveIf(false, Door.OPENED, SILENT, 2, 1);

        assertThat(decision.signal(Door.LOUD, SILENT, 20, 20)).isFalse();
        assertThat(decision.passed()).isFalse();
    }

    @Test
    void shouldKeepMoreReasonsThanItBeganWithRoomFor() {
        decision.about("house", 7);
        for (int i = 0; i < 100; i++) {
            assertThat(decision.passes(Door.KNOCKS, i, 21 + i, 20)).isTrue();
        }

        assertThat(decision.reasons()).hasSize(100).last().isEqualTo(Reason.of(Door.KNOCKS, "99", 120, 20));
    }

    @Test
    void shouldAddUpPointsOfSignalsThatAreThere() {
        decision.about("house", 7);

        assertThat(decision.signal(Door.LOUD, 21, 20)).isTrue();
        assertThat(decision.signal(Door.LOUD, 20, 20)).isFalse();
        assertThat(decision.signal(Door.POLITE, 1, 0)).isTrue();

        assertThat(decision.enough(Door.POINTS, -10)).isFalse();
        assertThat(decision.enough(Door.POINTS, -11)).isTrue();
        assertThat(decision.reasons())
                .extracting(Reason::text)
                .containsExactly("points of all signals", "decibels (+20 points)", "words of thanks (-30 points)");
    }
}
