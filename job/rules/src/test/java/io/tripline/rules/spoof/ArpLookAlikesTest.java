package io.tripline.rules.spoof;

import static io.tripline.rules.spoof.Lan.GATEWAY;
import static io.tripline.rules.spoof.Lan.GATEWAY_MAC;
import static io.tripline.rules.spoof.Lan.OTHER;
import static io.tripline.rules.spoof.Lan.OTHER_MAC;
import static io.tripline.rules.spoof.Lan.THIEF_MAC;
import static io.tripline.rules.spoof.Lan.VICTIM;
import static io.tripline.rules.spoof.Lan.VICTIM_MAC;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.AllRules;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Harmless claims raise nothing, or a low alert where two devices do answer for one address, however much of them is seen. */
class ArpLookAlikesTest {
    private static final long SEED = 20_260_101;
    private static final String VIP = "192.168.1.240";
    private static final long NEW_MAC = THIEF_MAC;

    private static final Map<String, UnaryOperator<Lan>> VIEWS = new TreeMap<>(Map.of(
            "all of it", lan -> lan,
            "with 5 % loss", lan -> lan.lossy(0.05),
            "from the middle on", lan -> lan.from(40),
            "what a host gets", lan -> lan.onlyTo(VICTIM_MAC),
            "what the new device sends", lan -> lan.onlyFrom(NEW_MAC)));

    private static final Map<String, Consumer<Lan>> QUIET = new TreeMap<>(Map.of(
            "virtual router moves", ArpLookAlikesTest::virtualRouter,
            "address moves for good", lan -> moves(lan, 20),
            "address moves and comes back twice", ArpLookAlikesTest::failsOverAndBack,
            "sixty addresses move at once", ArpLookAlikesTest::manyAddressesMove,
            "lease passes to another machine", lan -> moves(lan, 1),
            "address detection and announcement", ArpLookAlikesTest::newcomer,
            "proxy answers for other networks", ArpLookAlikesTest::proxy,
            "sleep proxy takes over", ArpLookAlikesTest::sleepProxy,
            "periodic announcement", ArpLookAlikesTest::periodic,
            "IPv6 hosts come up", ArpLookAlikesTest::ipv6));

    private static final Map<String, Consumer<Lan>> LOW = new TreeMap<>(Map.of(
            "one host answers on two interfaces", ArpLookAlikesTest::twoInterfaces,
            "two hosts have one address", ArpLookAlikesTest::duplicate));

    @TestFactory
    List<DynamicTest> shouldStayQuiet() {
        List<DynamicTest> tests = new ArrayList<>();
        QUIET.forEach((name, traffic) -> VIEWS.forEach((how, view) ->
                tests.add(DynamicTest.dynamicTest(name + ": " + how, () -> quiet(how, view.apply(play(traffic)))))));
        return tests;
    }

    /** A tap that shows replies and no questions cannot tell many answers from many unasked claims. */
    private static void quiet(String how, Lan lan) {
        assertThat(AllRules.alerts(lan.batches()))
                .as("other rules")
                .allSatisfy(alert ->
                        assertThat(alert.severity()).as("%s", alert.json()).isEqualTo(Severity.LOW));
        if (how.equals("what the new device sends")) {
            assertThat(lan.findings())
                    .allSatisfy(finding -> assertThat(Wire.severity(finding)).isEqualTo(Severity.LOW));
        } else {
            assertThat(lan.findings()).isEmpty();
        }
    }

    @TestFactory
    List<DynamicTest> shouldRaiseALowAlertAtMost() {
        List<DynamicTest> tests = new ArrayList<>();
        LOW.forEach((name, traffic) -> VIEWS.forEach((how, view) -> tests.add(DynamicTest.dynamicTest(
                name + ": " + how,
                () -> assertThat(view.apply(play(traffic)).findings())
                        .hasSizeLessThan(2)
                        .allSatisfy(
                                finding -> assertThat(Wire.severity(finding)).isEqualTo(Severity.LOW))))));
        return tests;
    }

    private static Lan play(Consumer<Lan> traffic) {
        Lan lan = new Lan(SEED);
        traffic.accept(lan);
        return lan;
    }

    /** Clients ask for an address every half minute. */
    private static void asked(Lan lan, String address, long mac, double from, double to) {
        for (double at = from; at < to; at += 30) {
            lan.at(at).resolves(VICTIM, VICTIM_MAC, address, mac);
            lan.at(at + 3).resolves(OTHER, OTHER_MAC, address, mac);
            lan.at(at + 7).resolves(address, mac, VICTIM, VICTIM_MAC);
        }
    }

    private static void moves(Lan lan, int announcements) {
        asked(lan, VIP, GATEWAY_MAC, 0, 60);
        for (int i = 0; i < announcements; i++) {
            lan.at(61 + i * 0.5).announces(VIP, NEW_MAC);
        }
        asked(lan, VIP, NEW_MAC, 75, 400);
    }

    private static void virtualRouter(Lan lan) {
        long virtual = 0x00_00_5e_00_01_05L;
        for (int i = 0; i < 10; i++) {
            asked(lan, VIP, virtual, i * 60, i * 60 + 30);
            lan.at(i * 60 + 31)
                    .repliesFor(i % 2 == 0 ? NEW_MAC : GATEWAY_MAC, VIP, virtual, VICTIM, VICTIM_MAC)
                    .repliesToAll(VIP, virtual);
        }
    }

    private static void failsOverAndBack(Lan lan) {
        for (int i = 0; i < 4; i++) {
            long master = i % 2 == 0 ? GATEWAY_MAC : NEW_MAC;
            for (int k = 0; k < 5; k++) {
                lan.at(i * 120 + k).announces(VIP, master);
            }
            asked(lan, VIP, master, i * 120 + 10, i * 120 + 110);
        }
    }

    private static void manyAddressesMove(Lan lan) {
        for (int i = 100; i < 160; i++) {
            asked(lan, "192.168.1." + i, GATEWAY_MAC, (i - 100) * 0.4, 60);
        }
        for (int i = 100; i < 160; i++) {
            lan.at(90 + i * 0.01).announces("192.168.1." + i, NEW_MAC).announces("192.168.1." + i, NEW_MAC);
        }
    }

    private static void newcomer(Lan lan) {
        for (int i = 0; i < 3; i++) {
            lan.at(i).probes("192.168.1.77", NEW_MAC);
        }
        lan.at(3).announces("192.168.1.77", NEW_MAC).at(5).announces("192.168.1.77", NEW_MAC);
        lan.at(6).resolves("192.168.1.77", NEW_MAC, GATEWAY, GATEWAY_MAC);
    }

    /** A router answers for addresses behind it (RFC 1027); each is asked for once. */
    private static void proxy(Lan lan) {
        for (int i = 1; i < 200; i++) {
            lan.at(i)
                    .resolves(i % 2 == 0 ? VICTIM : OTHER, i % 2 == 0 ? VICTIM_MAC : OTHER_MAC, "10.9.9." + i, NEW_MAC);
        }
    }

    /** Hosts go to sleep, are announced by a proxy, and wake up again. */
    private static void sleepProxy(Lan lan) {
        for (int i = 0; i < 6; i++) {
            String sleeper = "192.168.1." + (50 + i);
            long mac = 0x02_00_00_00_05_00L + i;
            lan.at(i).announces(sleeper, mac).resolves(sleeper, mac, GATEWAY, GATEWAY_MAC);
            lan.at(60 + i * 30).announces(sleeper, NEW_MAC).announces(sleeper, NEW_MAC);
            lan.at(200 + i * 30).resolves(VICTIM, VICTIM_MAC, sleeper, NEW_MAC);
            lan.at(400 + i * 30).announces(sleeper, mac).resolves(sleeper, mac, GATEWAY, GATEWAY_MAC);
        }
    }

    private static void periodic(Lan lan) {
        for (int i = 0; i < 60; i++) {
            lan.at(i * 10).announces(VIP, NEW_MAC).repliesToAll("192.168.1.241", i % 6 == 0 ? NEW_MAC : GATEWAY_MAC);
        }
        lan.keep(view -> view.sourcePort == 1);
    }

    private static void ipv6(Lan lan) {
        for (int i = 0; i < 20; i++) {
            String address = "fe80::" + (100 + i);
            long mac = 0x02_00_00_00_06_00L + i;
            lan.at(i).solicits("::", mac, address).at(i + 1.5).advertises(address, mac);
            lan.at(i + 2).solicits(address, mac, "fe80::1").advertises("fe80::1", GATEWAY_MAC, address, mac, 6);
        }
    }

    private static void twoInterfaces(Lan lan) {
        for (int i = 0; i < 20; i++) {
            lan.at(i * 20).resolves(VICTIM, VICTIM_MAC, VIP, GATEWAY_MAC).replies(VIP, NEW_MAC, VICTIM, VICTIM_MAC);
        }
    }

    private static void duplicate(Lan lan) {
        lan.at(0).announces(VIP, GATEWAY_MAC).at(1).announces(VIP, NEW_MAC);
        for (int i = 0; i < 20; i++) {
            lan.at(5 + i * 20).resolves(VICTIM, VICTIM_MAC, VIP, GATEWAY_MAC).replies(VIP, NEW_MAC, VICTIM, VICTIM_MAC);
            lan.at(9 + i * 20).asks(VIP, NEW_MAC, OTHER).at(11 + i * 20).asks(VIP, GATEWAY_MAC, OTHER);
        }
    }
}
