package io.tripline.rules.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Harmless traffic raises nothing, or no more than is said beside it, from wherever and however much of it is seen. */
class LookAlikesTest {
    private static final long SEED = 20_260_101;

    private static final Map<String, UnaryOperator<Wire>> VIEWS = new TreeMap<>(Map.of(
            "all of it", wire -> wire,
            "mirrored twice", Wire::twice,
            "from a tenth on", wire -> wire.fromMiddle(0.1),
            "from the middle on", wire -> wire.fromMiddle(0.5),
            "with 5 % loss", wire -> wire.lossy(0.05),
            "what the host sends", wire -> wire.onlyFrom(LookAlikes.HOST),
            "what the host gets", wire -> wire.onlyTo(LookAlikes.HOST)));

    @TestFactory
    List<DynamicTest> shouldStayQuiet() {
        List<DynamicTest> tests = new ArrayList<>();
        for (LookAlikes.Case look : LookAlikes.all()) {
            VIEWS.forEach(
                    (name, view) -> tests.add(DynamicTest.dynamicTest(look + ": " + name, () -> judge(look, view))));
        }
        return tests;
    }

    private static void judge(LookAlikes.Case look, UnaryOperator<Wire> view) {
        Wire wire = new Wire(SEED);
        look.traffic().accept(wire);
        Severity most = look.most();
        assertThat(view.apply(wire).findings())
                .as("seed %d, allowed %s %s", SEED, most, look.because())
                .allSatisfy(finding -> assertThat(
                                most != null && Wire.severity(finding).compareTo(most) <= 0)
                        .as("%s %s", Wire.severity(finding), finding)
                        .isTrue());
    }
}
