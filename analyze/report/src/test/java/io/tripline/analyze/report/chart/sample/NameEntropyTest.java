package io.tripline.analyze.report.chart.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.analyze.report.chart.sample.NameEntropy.Part;
import org.junit.jupiter.api.Test;

class NameEntropyTest {
    private final NameEntropy entropy = new NameEntropy();

    @Test
    void shouldMeasureWhatLiesBelowTheRegisteredDomain() {
        assertThat(entropy.of("www.example.com")).isEqualTo(new Part("example.com", 3, 0));
        assertThat(entropy.of("AbAb.example.co.uk")).isEqualTo(new Part("example.co.uk", 4, 1_000));
        assertThat(entropy.of("ab.cd.example.com")).isEqualTo(new Part("example.com", 4, 2_000));
        assertThat(entropy.of("example.com")).isEqualTo(new Part("example.com", 0, 0));
    }

    @Test
    void shouldCountAnEscapedOctetAsOne() {
        assertThat(entropy.of("\\000\\001\\002\\255.example.com")).isEqualTo(new Part("example.com", 4, 2_000));
        assertThat(entropy.of("\\").length()).isOne();
        assertThat(entropy.of("\\12").length()).isEqualTo(3);
    }

    @Test
    void shouldTakeAllOfANameWithoutADomain() {
        assertThat(entropy.of("0011.2233")).isEqualTo(new Part(".", 8, 2_000));
    }
}
