package io.tripline.analyze.report.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.Rules;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.ThresholdText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DetectionLogicTest {
    static Stream<String> rules() {
        return Rules.ALL.stream().map(Rule::id);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldTellOfEveryRuleHowItDecidesAndWhatEquivalentsCannotSay(String rule) {
        DetectionLogic logic = DetectionLogic.of(rule);

        assertThat(logic.ruleId()).isEqualTo(rule);
        assertThat(logic.logic())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).endsWith("."));
        assertThat(logic.limits())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).endsWith("."));
        Stream<String> texts = Stream.concat(
                Stream.concat(logic.logic().stream(), logic.limits().stream()),
                Stream.of(logic.sigma(), logic.suricata(), logic.snort()).flatMap(each -> each.stream()));
        assertThat(texts).noneMatch(text -> text.matches("(?s).*\\{\\s*[a-z].*"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldNameEveryThresholdThatCanBeSet(String rule) throws IOException {
        Rule<?> known = Objects.requireNonNull(Rules.find(rule));
        try (InputStream in =
                Objects.requireNonNull(Rules.find(rule)).defaults().getClass().getResourceAsStream("logic.txt")) {
            assertThat(in).isNotNull();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String key : ThresholdText.keys(known.defaults().getClass())) {
                assertThat(text).containsPattern("\\{" + key + "[}+*]");
            }
        }
    }

    @Test
    void shouldPutDefaultsIntoWordsAndRules() {
        DetectionLogic scan = DetectionLogic.of("port-scan");
        assertThat(scan.logic().get(0))
                .startsWith("One source probes more than 20 different ports of one target within 60 s");
        assertThat(scan.sigma().orElseThrow()).contains("gte: 21\n");
        assertThat(scan.suricata().orElseThrow()).contains("count 21, seconds 60;");
        assertThat(scan.snort().orElseThrow()).contains("count 20, seconds 60;");

        DetectionLogic flood = DetectionLogic.of("syn-flood");
        assertThat(flood.logic().get(0)).startsWith("More than 1,000 handshakes a second on average over 3 s");
        assertThat(flood.suricata().orElseThrow()).contains("track by_dst, count 3001, seconds 3;");
        assertThat(DetectionLogic.of("volume-outlier").sigma().orElseThrow()).contains("gt: 2000000\n");
        assertThat(DetectionLogic.of("slow-scan").sigma().orElseThrow()).contains("timespan: 1d\n");
    }

    @Test
    void shouldHaveNoEquivalentWhereThereIsNone() {
        for (String rule : List.of("arp-spoof", "sensor-health")) {
            DetectionLogic logic = DetectionLogic.of(rule);
            assertThat(logic.sigma()).isEmpty();
            assertThat(logic.suricata()).isEmpty();
            assertThat(logic.snort()).isEmpty();
        }
    }

    @Test
    void shouldKnowNoOtherRules() {
        for (String name : List.of("", "port-scn", "../port-scan", "/etc/passwd")) {
            assertThatThrownBy(() -> DetectionLogic.of(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
