package io.tripline.rules.tunnel.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.tunnel.TunnelWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which data in echo is found, from which amount on, and which pings are left in peace. Seed {@value #SEED}. */
class IcmpTunnelVariationsTest {
    private static final long SEED = 20_260_311;
    private static final String HEX = "0123456789abcdef";
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    @Test
    void shouldFindFivePayloadsOneWayWithinEightSeconds() {
        TunnelWire wire = new TunnelWire(SEED);
        for (int size : new int[] {159, 70, 233, 496, 528}) {
            wire.request("192.168.1.4", "192.168.1.6", wire.random(size)).after(1.6);
        }
        List<Finding> findings = findings(wire);
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.actor()).isEqualTo(Wire.address("192.168.1.4"));
            assertThat(finding.packets()).isEqualTo(5);
            assertThat(finding.detail()).isInstanceOfSatisfying(EchoDetail.class, echo -> {
                assertThat(echo.payloads()).isEqualTo(5);
                assertThat(echo.bytesUp()).isEqualTo(159 + 70 + 233 + 496 + 528);
                assertThat(echo.largest()).isEqualTo(528);
            });
        });
    }

    @Test
    void shouldSayWhereHitsBegin() throws IOException {
        List<String> table = new ArrayList<>(List.of("| data | packets from which on it is found |", "| --- | --- |"));
        int random = edge(table, "1,400 random bytes", count -> found(random(count, 1_400)));
        int small = edge(table, "56 random bytes", count -> found(random(count, 56)));
        int hex = edge(table, "56 hexadecimal digits", count -> found(text(count, HEX, 56, 0.05)));
        int pattern = edge(table, "ping -p with 16 other characters each 2 s", count -> found(patterns(count, 2)));
        int slow = edge(table, "32 characters of base 64 each 60 s", count -> found(text(count, BASE64, 48, 60)));
        int answers = edge(table, "replies of their own, 28 bytes", count -> found(bothWays(count, 28)));
        Files.createDirectories(Path.of("target/variations"));
        Files.write(Path.of("target/variations/icmp-tunnel.md"), table);
        assertThat(List.of(random, small, hex, pattern)).containsOnly(5);
        assertThat(slow).isBetween(12, 20);
        assertThat(answers).isLessThanOrEqualTo(5);
    }

    @Test
    void shouldFindATunnelThroughWhateverTheTapShows() {
        assertThat(found(bothWays(40, 200))).isTrue();
        assertThat(found(bothWays(40, 200).onlyFrom(TunnelWire.CLIENT))).isTrue();
        assertThat(found(bothWays(40, 200).onlyFrom(TunnelWire.SERVER))).isTrue();
        assertThat(found(bothWays(40, 200).lossy(0.5))).isTrue();
        assertThat(found(bothWays(40, 200).fromMiddle())).isTrue();
        TunnelWire ipv6 = new TunnelWire(SEED);
        for (int i = 0; i < 10; i++) {
            ipv6.exchange("fd00::1", "fd00::2", ipv6.random(300), ipv6.random(250))
                    .after(0.2);
        }
        assertThat(found(ipv6)).isTrue();
    }

    @Test
    void shouldCallDataBothWaysHighAndDataOneWayMedium() {
        assertThat(findings(bothWays(40, 200))).extracting(TunnelWire::severity).containsOnly(Severity.HIGH);
        assertThat(findings(random(300, 56))).extracting(TunnelWire::severity).containsOnly(Severity.MEDIUM);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 56, 1_400, 8_000})
    void shouldLeavePingsInPeace(int size) {
        for (int kind = 0; kind < 6; kind++) {
            TunnelWire wire = new TunnelWire(SEED);
            for (int i = 0; i < 200; i++) {
                wire.exchange(ping(kind, size, i)).after(1);
            }
            assertThat(findings(wire)).as("kind %d of %d bytes", kind, size).isEmpty();
        }
    }

    @Test
    void shouldLeaveSearchesForThePathMtuInPeace() {
        for (int kind = 0; kind < 6; kind++) {
            TunnelWire wire = new TunnelWire(SEED);
            for (int size = 1_300; size < 1_473; size++) {
                wire.exchange(ping(kind, size, size)).after(0.2);
            }
            assertThat(findings(wire)).as("kind %d", kind).isEmpty();
        }
    }

    @Test
    void shouldLeaveMonitorsInPeaceThatWriteACounterAndATime() {
        byte[] text = "service level probe of the branch office, seq 00000000, sent at 00000000000, do not answer late"
                .getBytes(StandardCharsets.US_ASCII);
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < 400; i++) {
            byte[] data = text.clone();
            System.arraycopy(String.format("%08d", i).getBytes(StandardCharsets.US_ASCII), 0, data, 46, 8);
            System.arraycopy(String.format("%011d", i * 977L).getBytes(StandardCharsets.US_ASCII), 0, data, 64, 11);
            wire.exchange(data).after(1);
        }
        assertThat(findings(wire)).isEmpty();
    }

    @Test
    void shouldLeaveAFewOddPacketsInPeace() {
        assertThat(found(random(4, 1_400))).isFalse();
        assertThat(found(patterns(4, 1))).isFalse();
    }

    /** 0 Linux, 1 BSD, 2 Windows, 3 zeros, 4 Cisco, 5 ping -p with a fixed text. */
    private static byte[] ping(int kind, int size, int number) {
        ByteBuffer data = ByteBuffer.allocate(size).order(kind == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        byte[] pattern = "a fixed text".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < size; i++) {
            data.put(i, (byte)
                    switch (kind) {
                        case 0, 1 -> i;
                        case 2 -> 'a' + i % 23;
                        case 3 -> 0;
                        case 4 -> i % 2 == 0 ? 0xab : 0xcd;
                        default -> pattern[i % pattern.length];
                    });
        }
        if ((kind == 0 || kind == 5) && size >= 16) {
            data.putLong(0, 1_767_225_600L + number).putLong(8, number * 7_919L % 1_000_000);
        } else if (kind == 1 && size >= 8) {
            data.putInt(0, 1_767_225_600 + number).putInt(4, number * 7_919 % 1_000_000);
        }
        return data.array();
    }

    private static TunnelWire random(int count, int size) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < count; i++) {
            wire.exchange(wire.random(size)).after(0.05);
        }
        return wire;
    }

    private static TunnelWire text(int count, String alphabet, int size, double gap) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < count; i++) {
            wire.exchange(wire.random(alphabet, size).getBytes(StandardCharsets.US_ASCII))
                    .after(gap);
        }
        return wire;
    }

    private static TunnelWire patterns(int count, double gap) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < count; i++) {
            byte[] data = ping(0, 48, i);
            byte[] pattern = wire.random(BASE64, 16).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(pattern, 0, data, 16, 16);
            System.arraycopy(pattern, 0, data, 32, 16);
            wire.exchange(data).after(gap);
        }
        return wire;
    }

    private static TunnelWire bothWays(int count, int size) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < count; i++) {
            wire.exchange(TunnelWire.CLIENT, TunnelWire.SERVER, wire.random(size), wire.random(size + i % 5));
            wire.after(0.2);
        }
        return wire;
    }

    private static boolean found(TunnelWire wire) {
        return !findings(wire).isEmpty();
    }

    private static List<Finding> findings(TunnelWire wire) {
        return wire.findings(EchoFold::new, new IcmpTunnel(IcmpTunnel.Settings.DEFAULT));
    }

    private static int edge(List<String> table, String what, IntPredicate hit) {
        int first = IntStream.rangeClosed(1, 40).filter(hit).findFirst().orElse(Integer.MAX_VALUE);
        Collections.addAll(table, "| " + what + " | " + first + " |");
        return first;
    }
}
