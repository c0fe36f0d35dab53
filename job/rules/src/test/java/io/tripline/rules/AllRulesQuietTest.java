package io.tripline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.probe.LookAlikes;
import io.tripline.rules.tunnel.TunnelWire;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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

    private static final Map<String, UnaryOperator<TunnelWire>> MESSAGE_VIEWS = Map.of(
            "all of it", wire -> wire,
            "from the middle on", TunnelWire::fromMiddle,
            "with 5 % loss", wire -> wire.lossy(0.05),
            "what the client sends", wire -> wire.onlyFrom(TunnelWire.CLIENT),
            "what the server sends", wire -> wire.onlyFrom(TunnelWire.SERVER));

    @TestFactory
    List<DynamicTest> shouldStayQuiet() {
        List<DynamicTest> tests = new ArrayList<>();
        for (LookAlikes.Case harmless : HarmlessTraffic.all()) {
            VIEWS.forEach((name, view) ->
                    tests.add(DynamicTest.dynamicTest(harmless + ": " + name, () -> judge(harmless, view))));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> shouldStayQuietAboutNamesAndPings() {
        List<HarmlessMessages.Case> all = new ArrayList<>(HarmlessMessages.names());
        all.addAll(HarmlessMessages.pings());
        all.addAll(HarmlessMessages.others());
        List<DynamicTest> tests = new ArrayList<>();
        for (HarmlessMessages.Case harmless : all) {
            MESSAGE_VIEWS.forEach((name, view) ->
                    tests.add(DynamicTest.dynamicTest(harmless.name() + ": " + name, () -> {
                        TunnelWire wire = new TunnelWire(SEED);
                        harmless.traffic().accept(wire);
                        judge(view.apply(wire).batches(), harmless.most(), harmless.because());
                    })));
        }
        return tests;
    }

    private static void judge(LookAlikes.Case harmless, UnaryOperator<Wire> view) {
        Wire wire = new Wire(SEED);
        harmless.traffic().accept(wire);
        judge(view.apply(wire).batches(), harmless.most(), harmless.because());
    }

    private static void judge(List<PacketBatch> batches, @Nullable Severity most, String because) {
        assertThat(AllRules.alerts(batches))
                .as("seed %d, allowed %s %s", SEED, most, because)
                .allSatisfy(alert -> assertThat(most != null && alert.severity().compareTo(most) <= 0)
                        .as("%s %s %s", alert.severity(), alert.rule(), alert.json())
                        .isTrue());
    }
}
