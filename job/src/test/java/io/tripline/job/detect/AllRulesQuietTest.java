package io.tripline.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.incident.Alert;
import io.tripline.job.incident.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Harmless traffic before all rules at once: nothing, or no more than is said beside it, and never anything high. */
class AllRulesQuietTest {
    private static final long SEED = 20_260_722;

    private static final Map<String, UnaryOperator<Wire>> VIEWS = new LinkedHashMap<>();

    static {
        VIEWS.put("all of it", wire -> wire);
        VIEWS.put("from the middle on", wire -> wire.fromMiddle(0.5));
        VIEWS.put("with 5 % loss", wire -> wire.lossy(0.05));
        VIEWS.put("what the host sends", wire -> wire.onlyFrom(LookAlikes.HOST));
        VIEWS.put("what the host gets", wire -> wire.onlyTo(LookAlikes.HOST));
    }

    @TestFactory
    List<DynamicTest> shouldStayQuiet() {
        List<DynamicTest> tests = new ArrayList<>();
        for (LookAlikes.Case harmless : HarmlessTraffic.all()) {
            VIEWS.forEach((name, view) ->
                    tests.add(DynamicTest.dynamicTest(harmless + ": " + name, () -> judge(harmless, view))));
        }
        return tests;
    }

    private static void judge(LookAlikes.Case harmless, UnaryOperator<Wire> view) {
        Wire wire = new Wire(SEED);
        harmless.traffic().accept(wire);
        Severity most = harmless.most();
        assertThat(AllRules.alerts(view.apply(wire).batches()))
                .as("seed %d, allowed %s %s", SEED, most, harmless.because())
                .allSatisfy(alert -> assertThat(most != null && alert.severity().compareTo(most) <= 0)
                        .as("%s %s %s", alert.severity(), alert.rule(), message(alert))
                        .isTrue());
    }

    private static String message(Alert alert) {
        return alert.json();
    }
}
