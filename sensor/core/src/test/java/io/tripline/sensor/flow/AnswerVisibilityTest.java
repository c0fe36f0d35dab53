package io.tripline.sensor.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerVisibilityTest {
    private static final long HOUR = 3_600 * StreamClock.SECOND;
    private final AnswerVisibility visibility = new AnswerVisibility();

    @Test
    void shouldBelieveInNoAnswersUntilOneIsSeen() {
        assertThat(visibility.answersVisible()).isFalse();
        visibility.answered();
        assertThat(visibility.answersVisible()).isTrue();
    }

    @Test
    void shouldWeighAnswersAgainstConversationsThatWentOnUnseen() {
        visibility.answered();
        visibility.unseen();
        assertThat(visibility.answersVisible()).isFalse();
        visibility.answered();
        assertThat(visibility.answersVisible()).isTrue();
    }

    @Test
    void shouldNoticeThatATapWasRecabled() {
        for (int i = 0; i < 100; i++) {
            visibility.answered();
        }
        visibility.age(HOUR);
        visibility.unseen();
        assertThat(visibility.answersVisible()).isTrue();
        visibility.unseen();
        assertThat(visibility.answersVisible()).isFalse();
    }

    @Test
    void shouldForgetEverythingWhenYearsHavePassed() {
        visibility.answered();
        visibility.age(StreamClock.LAST);
        assertThat(visibility.answersVisible()).isFalse();
    }
}
