package io.tripline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
    /**
     * Escape, carriage return, C1 control, right-to-left override, zero-width joiner, line separator, private use, half
     * of a pair, not assigned.
     */
    @ParameterizedTest
    @ValueSource(ints = {0x1b, 0x0d, 0x9b, 0x202e, 0x200d, 0x2028, 0xe000, 0xd800, 0xe01f0, 0x0378})
    void shouldLetNothingThroughThatSteers(int point) {
        String text = "a" + new String(Character.toChars(point)) + "b";

        assertThat(SafeText.isHarmless(point)).isFalse();
        assertThat(SafeText.replaced(text, 100)).isEqualTo("a\ufffdb");
        assertThat(SafeText.escaped(text, 100)).isEqualTo(String.format("a\\u%04xb", point));
    }

    @Test
    void shouldLeaveWritingOfAllLanguagesAsItIs() {
        String text = "Büro-07 \u6771\u4eac \u05e9\u05dc\u05d5\u05dd \ud83d\udef0";

        assertThat(SafeText.replaced(text, 100)).isEqualTo(text);
        assertThat(SafeText.escaped(text, 100)).isEqualTo(text);
    }

    @Test
    void shouldCutByCodePointsAndSayThatItDid() {
        String satellites = "\ud83d\udef0".repeat(5);

        assertThat(SafeText.replaced(satellites, 5)).isEqualTo(satellites);
        assertThat(SafeText.replaced(satellites, 4)).isEqualTo("\ud83d\udef0".repeat(3) + "…");
        assertThat(SafeText.escaped(satellites, 5)).isEqualTo(satellites);
        assertThat(SafeText.escaped(satellites, 4)).isEqualTo("\ud83d\udef0".repeat(4) + "…");
    }

    @Test
    void shouldNameWhatHasNoName() {
        assertThat(SafeText.of("", 10)).isEqualTo("unnamed");
        assertThat(SafeText.of("tap", 10)).isEqualTo("tap");
    }
}
