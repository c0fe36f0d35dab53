package io.tripline.rules.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Wire;
import io.tripline.rules.flood.Flood.Way;
import io.tripline.rules.flood.connection.ConnectionFlood;
import io.tripline.rules.flood.icmp.IcmpFlood;
import io.tripline.rules.flood.syn.SynFlood;
import io.tripline.rules.flood.udp.UdpFlood;
import io.tripline.rules.probe.distributedscan.TargetRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where floods begin and cease to be found as their conditions change; a table for each rule in {@code target/variations}. */
class FloodVariationsTest {
    private static final long SEED = Long.getLong("tripline.seed", 20_260_207);
    private static final Map<Way, List<String>> TABLE = Collections.synchronizedMap(new EnumMap<>(Way.class));

    private static boolean found(Way way, String condition, Wire wire) {
        boolean found = TargetRules.closed(wire).stream()
                .anyMatch(finding -> finding.rule().equals(way.rule()));
        synchronized (TABLE) {
            TABLE.computeIfAbsent(way, any -> new ArrayList<>())
                    .add("| " + way + " | " + condition + " | " + (found ? "found" : "not found") + " |");
        }
        return found;
    }

    private static boolean found(Way way, String condition, Flood flood, UnaryOperator<Wire> view) {
        return found(way, condition, view.apply(flood.play(new Wire(SEED))));
    }

    private static boolean found(Way way, String condition, Flood flood) {
        return found(way, condition, flood, wire -> wire);
    }

    @AfterAll
    static void write() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "variations"));
        for (String rule : List.of(SynFlood.RULE, UdpFlood.RULE, IcmpFlood.RULE, ConnectionFlood.RULE)) {
            List<String> lines =
                    new ArrayList<>(List.of("seed " + SEED, "", "| flood | condition | |", "| --- | --- | --- |"));
            TABLE.forEach((way, rows) -> lines.addAll(way.rule().equals(rule) ? rows : List.of()));
            Files.write(folder.resolve(rule + ".md"), lines);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldFindItFromItsRateOn(Way way) {
        int rate = way == Way.CONNECTIONS ? 300 : 1_000;
        for (int percent : new int[] {10, 50, 110, 200, 400}) {
            String condition = rate * percent / 100 + "/s for 4 s";
            boolean found = found(
                    way, condition, new Flood(way).rate(rate * percent / 100).seconds(4));
            if (percent > 100) {
                assertThat(found).as("%s seed %s", condition, SEED).isTrue();
            } else if (percent < 50) {
                assertThat(found).as("%s seed %s", condition, SEED).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"SYN", "SYN_ANSWERED", "UDP_REFUSED", "ECHO", "ECHO_ANSWERED", "CONNECTIONS"})
    void shouldFindASlowOneAfterTenSeconds(Way way) {
        for (int rate : new int[] {20, 50, 100, 200, 350, 500}) {
            boolean found =
                    found(way, rate + "/s for 15 s", new Flood(way).rate(rate).seconds(15));
            if (rate >= 350) {
                assertThat(found).isTrue();
            } else if (rate <= 100) {
                assertThat(found).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldFindItOverIpv6AndTwiceMirroredAndFromTheMiddleOn(Way way) {
        assertThat(found(way, "IPv6", new Flood(way).ipv6())).isTrue();
        assertThat(found(way, "mirrored twice", new Flood(way), Wire::twice)).isTrue();
        assertThat(found(way, "from the middle on", new Flood(way).seconds(9), wire -> wire.fromMiddle(0.5)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldFindItWhereOnlyWhatComesToTheTargetIsSeen(Way way) {
        Flood flood = new Flood(way);
        boolean found = found(way, "only what comes to the target", flood, wire -> wire.onlyTo(flood.target()));
        assertThat(found).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldFindItThroughLoss(Way way) {
        for (int loss : new int[] {5, 20, 40, 60}) {
            boolean found = found(
                    way, loss + " % lost", new Flood(way).rate(3_000).seconds(4), wire -> wire.lossy(loss / 100.0));
            if (loss <= 20) {
                assertThat(found).as("%s %% lost, seed %s", loss, SEED).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"SYN", "SYN_ANSWERED", "UDP", "ECHO", "CONNECTIONS"})
    void shouldFindItFromManySources(Way way) {
        for (int sources : new int[] {2, 10, 100, 1_000, 0}) {
            String condition = sources == 0 ? "a new source for each packet" : sources + " sources";
            boolean found = found(way, condition, new Flood(way).sources(sources));
            if (way != Way.CONNECTIONS || sources == 2 || sources == 10) {
                assertThat(found).as("%s seed %s", condition, SEED).isTrue();
            }
        }
    }

    @Test
    void shouldNotFindConnectionsOfManyClients() {
        assertThat(found(Way.CONNECTIONS, "5,000 clients, once each", new Flood(Way.CONNECTIONS).sources(5_000)))
                .isFalse();
    }
}
