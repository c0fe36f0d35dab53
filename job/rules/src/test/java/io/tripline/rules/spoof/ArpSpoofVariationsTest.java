package io.tripline.rules.spoof;

import static io.tripline.rules.spoof.Lan.GATEWAY;
import static io.tripline.rules.spoof.Lan.GATEWAY_MAC;
import static io.tripline.rules.spoof.Lan.OTHER;
import static io.tripline.rules.spoof.Lan.OTHER_MAC;
import static io.tripline.rules.spoof.Lan.THIEF;
import static io.tripline.rules.spoof.Lan.THIEF_MAC;
import static io.tripline.rules.spoof.Lan.VICTIM;
import static io.tripline.rules.spoof.Lan.VICTIM_MAC;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.incident.Finding;
import io.tripline.schemas.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Poisoning in many ways, at many paces, seen in many ways: where hits begin to fail. */
class ArpSpoofVariationsTest {
    private static final long SEED = 20_261_122;
    private static final int[] PACES = {1, 2, 5, 10, 30, 60, 120, 300};
    private static final int MINUTES = 15;

    private interface Way {
        void once(Lan lan);
    }

    private static final Map<String, Way> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put(
                "replies to both",
                lan -> lan.replies(GATEWAY, THIEF_MAC, VICTIM, VICTIM_MAC)
                        .replies(VICTIM, THIEF_MAC, GATEWAY, GATEWAY_MAC));
        WAYS.put("replies to the victim", lan -> lan.replies(GATEWAY, THIEF_MAC, VICTIM, VICTIM_MAC));
        WAYS.put("replies to all", lan -> lan.repliesToAll(GATEWAY, THIEF_MAC));
        WAYS.put("announcements", lan -> lan.announces(GATEWAY, THIEF_MAC));
        WAYS.put(
                "questions to both",
                lan -> lan.asksOne(GATEWAY, THIEF_MAC, VICTIM, VICTIM_MAC)
                        .asksOne(VICTIM, THIEF_MAC, GATEWAY, GATEWAY_MAC));
        WAYS.put("questions to the victim", lan -> lan.asksOne(GATEWAY, THIEF_MAC, VICTIM, VICTIM_MAC));
        WAYS.put("advertisements", lan -> lan.advertises("fe80::1", THIEF_MAC, "fe80::20", VICTIM_MAC, 5));
    }

    private static final Map<String, UnaryOperator<Lan>> VIEWS = new LinkedHashMap<>();

    static {
        VIEWS.put("all", lan -> lan);
        VIEWS.put("20 % lost", lan -> lan.lossy(0.2));
        VIEWS.put("begun late", lan -> lan.from(75));
        VIEWS.put("thief's fibre", lan -> lan.onlyFrom(THIEF_MAC));
        VIEWS.put("to the victim", lan -> lan.onlyTo(VICTIM_MAC));
    }

    /** An office whose hosts ask for each other every 40 s, and a thief that claims at a pace. */
    private static Lan attack(Way way, int pace) {
        Lan lan = new Lan(SEED);
        for (int at = 0; at < MINUTES * 60; at += 40) {
            double jitter = lan.random().nextDouble();
            lan.at(at + jitter).resolves(VICTIM, VICTIM_MAC, GATEWAY, GATEWAY_MAC);
            lan.at(at + 11 + jitter).resolves(OTHER, OTHER_MAC, GATEWAY, GATEWAY_MAC);
            lan.at(at + 23 + jitter).resolves(GATEWAY, GATEWAY_MAC, VICTIM, VICTIM_MAC);
            lan.at(at + 31 + jitter)
                    .solicits("fe80::20", VICTIM_MAC, "fe80::1")
                    .advertises("fe80::1", GATEWAY_MAC, "fe80::20", VICTIM_MAC, 7);
        }
        lan.at(50).resolves(THIEF, THIEF_MAC, GATEWAY, GATEWAY_MAC);
        for (int at = 60; at < MINUTES * 60; at += pace) {
            way.once(lan.at(at + 0.3 + 0.2 * lan.random().nextDouble()));
        }
        return lan;
    }

    @Test
    void shouldFindPoisoningInEveryWayAtThePacesOfTools() throws IOException {
        StringBuilder table = new StringBuilder("# arp-spoof: slowest pace found, seconds between claims (seed " + SEED
                + ", " + MINUTES + " minutes)\n\n| way | " + String.join(" | ", VIEWS.keySet()) + " |\n|---|"
                + "---|".repeat(VIEWS.size()) + "\n");
        Map<String, Integer> slowest = new LinkedHashMap<>();
        WAYS.forEach((name, way) -> {
            table.append("| ").append(name).append(" |");
            VIEWS.forEach((seen, view) -> {
                int found = 0;
                for (int pace : PACES) {
                    List<Finding> findings = view.apply(attack(way, pace)).findings();
                    assertThat(findings)
                            .as("%s every %d s, %s", name, pace, seen)
                            .allSatisfy(finding -> assertThat(finding.actor()).isEqualTo(Address.ofMac(THIEF_MAC)));
                    found = findings.isEmpty() ? found : pace;
                }
                slowest.put(name + ": " + seen, found);
                table.append(' ').append(found == 0 ? "-" : found).append(" |");
            });
            table.append('\n');
        });
        Path file = Path.of("target", "variations", "arp-spoof.md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, table.toString());
        System.out.print(table);

        for (String name : WAYS.keySet()) {
            assertThat(slowest.get(name + ": all"))
                    .as("%s, seed %d", name, SEED)
                    .isGreaterThanOrEqualTo(10);
        }
        assertThat(slowest.get("replies to both: thief's fibre")).isGreaterThanOrEqualTo(60);
        assertThat(slowest.get("replies to the victim: thief's fibre")).isEqualTo(10);
        assertThat(slowest.get("replies to both: 20 % lost")).isGreaterThanOrEqualTo(30);
        assertThat(slowest.get("announcements: thief's fibre")).isZero();
    }
}
