package io.tripline.rules.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of hostile captures are still times. */
class CaptureTimeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00.000000Z",
        "-1, 1969-12-31T23:59:59.999999Z",
        "1773992851388726, 2026-03-20T07:47:31.388726Z",
        "253402300799999999, 9999-12-31T23:59:59.999999Z",
        "253402300800000000, 9999-12-31T23:59:59.999999Z",
        "9223372036854775807, 9999-12-31T23:59:59.999999Z",
        "-62167219200000000, 0000-01-01T00:00:00.000000Z",
        "-62167219200000001, 0000-01-01T00:00:00.000000Z",
        "-9223372036854775808, 0000-01-01T00:00:00.000000Z"
    })
    void shouldWriteFourDigitYearsWithMicroseconds(long micros, String text) {
        assertThat(CaptureTime.text(micros)).isEqualTo(text);
    }

    @Test
    void shouldStayWithinTheRangeOfTimes() {
        assertThat(CaptureTime.of(10, 3)).isEqualTo(7);
        assertThat(CaptureTime.of(Long.MIN_VALUE, 1)).isEqualTo(Long.MIN_VALUE);
        assertThat(CaptureTime.of(Long.MAX_VALUE, -1)).isEqualTo(Long.MAX_VALUE);
        assertThat(CaptureTime.of(0, Long.MIN_VALUE)).isEqualTo(Long.MAX_VALUE);
    }
}
