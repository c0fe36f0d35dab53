package io.tripline.rules.alert;

import static io.tripline.rules.alert.FindingBuilder.OUTSIDE;
import static io.tripline.rules.alert.FindingBuilder.START;
import static io.tripline.rules.alert.FindingBuilder.hostSweep;
import static io.tripline.rules.alert.FindingBuilder.portScan;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.Probing;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An incident keeps its id whatever becomes known of it, and no two share one. */
class AlertIdentityTest {
    private static final String ID = id(portScan(21));

    @Test
    void shouldBe128BitsInHex() {
        assertThat(ID).matches("[0-9a-f]{32}");
    }

    /** Documents of earlier runs are found again by it: a change of this value breaks every store. */
    @Test
    void shouldNeverChange() {
        assertThat(AlertId.of("port-scan", FindingBuilder.address("192.0.2.1"), "198.51.100.9", START))
                .isEqualTo("3b63fe9ddb0cc63fd7bd6437a20d39e6");
    }

    @Test
    void shouldStayTheSameWhileTheIncidentGoesOn() {
        assertThat(Stream.of(
                                portScan(21).stage(Stage.UPDATED),
                                portScan(21).stage(Stage.CLOSED).lasting(90_000_000),
                                portScan(65_535).open(22).by(Probing.XMAS, 7).hosts(9),
                                portScan(21).approximate().answersUnseen().sensor("other", 9),
                                portScan(21).reason("another test", 5, 1),
                                portScan(21).at(START + 777).clockShift(777))
                        .map(AlertIdentityTest::id))
                .containsOnly(ID);
    }

    @Test
    void shouldDifferByRuleActorScopeAndFirstEvent() {
        assertThat(Stream.of(
                                portScan(21),
                                hostSweep(21, 445).scope("192.168.100.99"),
                                portScan(21).from(OUTSIDE),
                                portScan(21).scope("192.168.100.98"),
                                portScan(21).at(START + 1),
                                portScan(21).clockShift(1))
                        .map(AlertIdentityTest::id))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldNotMixUpNeighbouringTexts() {
        assertThat(AlertId.of("a", FindingBuilder.address("::1"), "bc", 0))
                .isNotEqualTo(AlertId.of("ab", FindingBuilder.address("::1"), "c", 0));
    }

    private static String id(FindingBuilder finding) {
        return Documents.ASSEMBLER.assemble(finding.build()).id();
    }
}
