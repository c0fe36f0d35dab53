package io.tripline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleCatalogue;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.probe.portscan.PortScan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule has all there is to say about it. */
class RuleCatalogueTest {
    @Test
    void shouldDescribeEveryRule() {
        assertThat(Rules.CATALOGUE.all())
                .extracting(RuleDescription::id)
                .containsExactlyInAnyOrderElementsOf(
                        Rules.ALL.stream().map(Rule::id).toList());
        for (RuleDescription rule : Rules.CATALOGUE.all()) {
            assertThat(rule.id()).matches("[a-z][a-z0-9-]+");
            assertThat(rule.name()).isNotBlank();
            assertThat(rule.description()).endsWith(".");
            assertThat(rule.version()).isPositive();
            assertThat(rule.baseRisk()).isBetween(1, rule.highestRisk());
            assertThat(rule.highestRisk()).isBetween(1, 100);
            assertThat(Stream.of(true, false).flatMap(internal -> Stream.ofNullable(rule.attack(internal))))
                    .allSatisfy(RuleCatalogueTest::isWhole);
        }
    }

    @Test
    void shouldRefuseTwoRulesOfOneName() {
        RuleDescription rule = Rules.CATALOGUE.rule(PortScan.RULE);

        assertThatThrownBy(() -> new RuleCatalogue(List.of(rule, rule))).hasMessage("two rules are called port-scan");
    }

    private static void isWhole(AttackTechnique attack) {
        AttackTechnique.Entry sub = attack.sub();
        String technique = attack.technique().id();

        assertThat(attack.tactic().reference()).endsWith("/" + attack.tactic().id() + "/");
        assertThat(attack.technique().reference()).endsWith("/" + technique + "/");
        if (sub != null) {
            assertThat(sub.id()).startsWith(technique + ".");
            assertThat(sub.reference()).endsWith("/" + sub.id().replace('.', '/') + "/");
        }
    }
}
