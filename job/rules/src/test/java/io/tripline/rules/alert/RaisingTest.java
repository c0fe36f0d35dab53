package io.tripline.rules.alert;

import static io.tripline.rules.alert.FindingBuilder.portScan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.rules.Rules;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.network.Prefix;
import io.tripline.rules.probe.portscan.PortScan;
import io.tripline.schemas.AlertSchema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of one incident while the settings change under it. The scan begins at 07:47 on 2026-03-20. */
class RaisingTest {
    private static final String OFF = "rule port-scan was switched off";
    private static final long HOUR = 3_600_000_000L;

    private final List<Alert> told = new ArrayList<>();
    private @Nullable Standing standing;

    private static Raising with(Map<String, String> off, AllowEntry... allow) {
        AlertPolicy policy = new AlertPolicy(Zones.DEFAULT, List.of(), List.of(allow), Map.of());
        return new Raising(new AlertAssembler(policy, Rules.CATALOGUE, null), off);
    }

    private static AllowEntry until(String day) {
        return new AllowEntry(
                "s.yaml:7",
                Set.of(),
                List.of(Prefix.parse(FindingBuilder.INSIDE)),
                Set.of(),
                List.of(),
                Set.of(),
                "owner",
                "reason",
                LocalDate.parse(day));
    }

    private static Finding scan(Stage stage, long lasting) {
        return portScan(30).stage(stage).lasting(lasting).changedAfter(lasting).build();
    }

    private void take(Raising raising, Stage stage, long lasting) {
        standing = raising.take(standing, scan(stage, lasting), told::add);
    }

    /** Stage of each alert, those that are not raised in brackets. */
    private List<String> stages() {
        assertThat(told.stream().map(Alert::id).distinct()).hasSizeLessThanOrEqualTo(1);
        return told.stream()
                .map(alert -> alert.suppressed()
                        ? "(" + alert.stage() + ")"
                        : alert.stage().toString())
                .toList();
    }

    private JsonNode last() {
        return AlertSchema.check(told.get(told.size() - 1).json()).path("tripline");
    }

    @Test
    void shouldTellWhatTheRuleFindsWhereNothingIsSet() {
        Raising raising = with(Map.of());
        take(raising, Stage.OPENED, 1);
        take(raising, Stage.UPDATED, 2);
        take(raising, Stage.CLOSED, 3);

        assertThat(stages()).containsExactly("OPENED", "UPDATED", "CLOSED");
        assertThat(standing).isNull();
        assertThat(last().has("closed_because")).isFalse();
        assertThat(last().has("allow_lapsed")).isFalse();
    }

    @Test
    void shouldOpenAnIncidentThatGoesOnAfterItsEntryHasLapsed() {
        Raising raising = with(Map.of(), until("2026-03-20"));
        take(raising, Stage.OPENED, 1);
        take(raising, Stage.UPDATED, 16 * HOUR);
        take(raising, Stage.UPDATED, 17 * HOUR);
        take(raising, Stage.UPDATED, 18 * HOUR);
        take(raising, Stage.CLOSED, 18 * HOUR);

        assertThat(stages()).containsExactly("(OPENED)", "(UPDATED)", "OPENED", "UPDATED", "CLOSED");
        assertThat(last().at("/allow_lapsed/entry").asText()).isEqualTo("s.yaml:7");
        assertThat(last().at("/allow_lapsed/expires").asText()).isEqualTo("2026-03-20");
        assertThat(told.get(4).lapsed()).isEqualTo("s.yaml:7");
    }

    @Test
    void shouldOpenAndCloseWhatGoesOnAfterItsEntryForTheLastTime() {
        Raising raising = with(Map.of(), until("2026-03-20"));
        take(raising, Stage.OPENED, 1);
        take(raising, Stage.CLOSED, 17 * HOUR);

        assertThat(stages()).containsExactly("(OPENED)", "OPENED", "CLOSED");
    }

    @Test
    void shouldNotRaiseWhatEndedWhileItsEntryHeldThoughItClosesLater() {
        Raising raising = with(Map.of(), until("2026-03-20"));
        take(raising, Stage.OPENED, 1);
        standing = raising.take(
                standing,
                portScan(30)
                        .stage(Stage.CLOSED)
                        .lasting(1)
                        .changedAfter(20 * HOUR)
                        .build(),
                told::add);

        assertThat(stages()).containsExactly("(OPENED)", "(CLOSED)");
    }

    @Test
    void shouldCloseAnIncidentThatIsAllowedWhileItIsOpen() {
        take(with(Map.of()), Stage.OPENED, 1);
        Raising allowing = with(Map.of(), until("2026-12-31"));
        take(allowing, Stage.UPDATED, 2);
        assertThat(AlertSchema.check(told.get(1).json())
                        .at("/tripline/closed_because")
                        .asText())
                .isEqualTo("allowed by s.yaml:7");
        take(allowing, Stage.UPDATED, 3);
        take(allowing, Stage.CLOSED, 4);

        assertThat(stages()).containsExactly("OPENED", "CLOSED", "(UPDATED)", "(UPDATED)", "(CLOSED)");
    }

    @Test
    void shouldCloseAnIncidentThatIsAllowedThoughNothingMoreIsFoundOfIt() {
        take(with(Map.of()), Stage.OPENED, 1);
        long now = FindingBuilder.START + HOUR;
        Standing known = Objects.requireNonNull(standing);
        standing = with(Map.of(), until("2026-12-31")).look(known, now, told::add);

        assertThat(stages()).containsExactly("OPENED", "CLOSED");
        assertThat(told.get(1).changed()).isEqualTo(now);
        assertThat(last().path("closed_because").asText()).isEqualTo("allowed by s.yaml:7");
        take(with(Map.of(), until("2026-12-31")), Stage.CLOSED, 4);
        assertThat(stages()).containsExactly("OPENED", "CLOSED", "(CLOSED)");
    }

    @Test
    void shouldOpenAgainWhatIsNoLongerAllowed() {
        take(with(Map.of(), until("2026-12-31")), Stage.OPENED, 1);
        take(with(Map.of()), Stage.UPDATED, 2);
        take(with(Map.of()), Stage.CLOSED, 3);

        assertThat(stages()).containsExactly("(OPENED)", "OPENED", "CLOSED");
    }

    @Test
    void shouldCloseAnIncidentWhoseRuleIsSwitchedOff() {
        take(with(Map.of()), Stage.OPENED, 1);
        Standing known = Objects.requireNonNull(standing);
        Raising off = with(Map.of(PortScan.RULE, OFF));
        standing = off.look(known, FindingBuilder.START + HOUR, told::add);

        assertThat(stages()).containsExactly("OPENED", "CLOSED");
        assertThat(last().path("closed_because").asText()).isEqualTo(OFF);
        assertThat(standing).isNull();
        take(off, Stage.UPDATED, 2);
        take(off, Stage.CLOSED, 3);
        assertThat(stages())
                .as("what a detector of several rules goes on finding")
                .hasSize(2);
    }

    @Test
    void shouldSayNothingOfAnAllowedIncidentWhoseRuleIsSwitchedOff() {
        take(with(Map.of(), until("2026-12-31")), Stage.OPENED, 1);
        take(with(Map.of(PortScan.RULE, OFF)), Stage.UPDATED, 2);

        assertThat(stages()).containsExactly("(OPENED)");
        assertThat(standing).isNull();
    }

    @Test
    void shouldOpenWhatIsGoingOnWhenItsRuleIsSwitchedOnAgain() {
        take(with(Map.of(PortScan.RULE, OFF)), Stage.OPENED, 1);
        take(with(Map.of()), Stage.UPDATED, 2);
        take(with(Map.of()), Stage.CLOSED, 3);

        assertThat(stages()).containsExactly("OPENED", "CLOSED");
    }
}
