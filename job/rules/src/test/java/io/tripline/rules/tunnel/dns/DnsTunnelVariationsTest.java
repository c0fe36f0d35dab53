package io.tripline.rules.tunnel.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.rules.tunnel.TunnelWire;
import io.tripline.schemas.Indicator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which data in names is found, from which amount on, and which names are left in peace. Seed {@value #SEED}. */
class DnsTunnelVariationsTest {
    private static final long SEED = 20_260_312;
    private static final int A = 1;
    private static final int TXT = 16;
    private static final int NULL = 10;
    private static final String HEX = "0123456789abcdef";
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @Test
    void shouldFindFiftyEightPairsAmongOrdinaryLookUpsAndShowThemAsIndicators() {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < 58; i++) {
            wire.lookup(wire.random(BASE32, 30 + i % 20) + ".t.corp-cdn.test", TXT, 120);
            wire.lookup("www.example" + i + ".com", A, 4).after(0.5);
        }
        assertThat(findings(wire)).singleElement().satisfies(finding -> {
            assertThat(finding.actor()).isEqualTo(Wire.address(TunnelWire.CLIENT));
            assertThat(finding.packets()).isEqualTo(116);
            assertThat(TunnelWire.severity(finding)).isEqualTo(Severity.HIGH);
            assertThat(finding.detail()).isInstanceOfSatisfying(NameDetail.class, dns -> {
                assertThat(dns.domain()).isEqualTo("corp-cdn.test");
                assertThat(dns.names()).isEqualTo(58);
            });
        });
        List<IndicatorEvent> shown = new ArrayList<>();
        TrafficFold traffic = new TrafficFold(second -> {}, minute -> {}, shown::add);
        wire.batches().forEach(traffic::add);
        assertThat(shown)
                .extracting(IndicatorEvent::indicator)
                .containsOnly(Indicator.DNS_TUNNEL)
                .hasSize(116);
    }

    @Test
    void shouldSayWhereHitsBegin() throws IOException {
        List<String> table =
                new ArrayList<>(List.of("| names | queries from which on they are found |", "| --- | --- |"));
        int base32 = edge(table, "40 characters of base 32, A", 40, count -> found(names(count, BASE32, 40, A, 0.2)));
        int base64 =
                edge(table, "60 characters of base 64, TXT", 40, count -> found(names(count, BASE64, 60, TXT, 0.2)));
        int raw = edge(
                table, "80 raw bytes, NULL", 40, count -> found(names(count, "\u00e9\u00c1ab\u00ff09", 60, NULL, 0.2)));
        int hex = edge(table, "16 hexadecimal digits behind a counter, A", 60, count -> found(counted(count, 0.1)));
        int slow = edge(
                table, "40 characters of base 32 each 50 s, A", 80, count -> found(names(count, BASE32, 40, A, 50)));
        int keepalive = edge(table, "8 characters each 4 s, TXT", 60, count -> found(names(count, BASE32, 8, TXT, 4)));
        Files.createDirectories(Path.of("target/variations"));
        Files.write(Path.of("target/variations/dns-tunnel.md"), table);
        assertThat(base32).isBetween(12, 14);
        assertThat(base64).isEqualTo(12);
        assertThat(raw).isEqualTo(12);
        assertThat(hex).isLessThanOrEqualTo(30);
        assertThat(slow).isLessThanOrEqualTo(36);
        assertThat(keepalive).isLessThanOrEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(ints = {53, 5353, 5300, 443, 40_053})
    void shouldFindThemOnAnyPort(int port) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < 30; i++) {
            wire.lookup("fd00::1", "fd00::2", port, wire.random(HEX, 60) + ".x.test", TXT, 80)
                    .after(0.3);
        }
        assertThat(findings(wire))
                .singleElement()
                .satisfies(finding -> assertThat(finding.hostSample()).containsExactly(Wire.address("fd00::2")));
    }

    @Test
    void shouldFindThemThroughWhateverTheTapShows() {
        assertThat(found(names(60, BASE32, 40, A, 0.2).lossy(0.5))).isTrue();
        assertThat(found(names(60, BASE32, 40, A, 0.2).onlyFrom(TunnelWire.CLIENT)))
                .isTrue();
        assertThat(found(names(60, BASE32, 40, A, 0.2).onlyFrom(TunnelWire.SERVER)))
                .isTrue();
        assertThat(found(names(60, BASE32, 40, A, 0.2).fromMiddle())).isTrue();
    }

    @Test
    void shouldFindNamesThatHaveNoDomain() {
        assertThat(found(play(40, TXT, 0.5, wire -> "dnscat." + wire.random(HEX, 32))))
                .isTrue();
    }

    @Test
    void shouldNeverCallLookUpsOfHashesHigh() {
        for (int type : new int[] {A, TXT}) {
            for (Finding finding : findings(play(400, type, 0.2, wire -> wire.random(HEX, 32) + ".av.example.com"))) {
                assertThat(TunnelWire.severity(finding)).isLessThanOrEqualTo(Severity.MEDIUM);
            }
        }
        for (Finding finding : findings(play(400, TXT, 0.2, wire -> wire.random(HEX, 32) + ".i.1a.s.sophosxl.net"))) {
            assertThat(TunnelWire.severity(finding)).isEqualTo(Severity.LOW);
        }
    }

    @Test
    void shouldLeaveOrdinaryNamesInPeace() {
        quiet("content network", A, wire -> "e" + wire.random("0123456789", 5) + ".dscc.akamaiedge.net");
        quiet("cloud", A, wire -> "d" + wire.random(BASE32, 13) + ".cloudfront.net");
        quiet("video", A, wire -> "r4---sn-" + wire.random(BASE32, 8) + ".googlevideo.com");
        quiet("block list", TXT, wire -> octets(wire) + ".zen.spamhaus.org");
        quiet("reverse", 12, wire -> octets(wire) + ".in-addr.arpa");
        quiet("keys of mail", TXT, wire -> "selector" + wire.random("0123456789", 3) + "._domainkey.example.com");
        quiet("generated domains", A, wire -> wire.random("abcdefghijklmnopqrstuvwxyz", 16) + ".biz");
        quiet("probes of a browser", A, wire -> wire.random("abcdefghijklmnopqrstuvwxyz", 11));
        quiet("services", 33, wire -> "_ldap._tcp.site" + wire.random("0123456789", 3) + ".dc._msdcs.corp.example.com");
        quiet("hosts", A, wire -> "server-" + wire.random("0123456789", 4) + ".office.example.com");
    }

    @Test
    void shouldLeaveAFewNamesThatRepeatInPeace() {
        TunnelWire wire = new TunnelWire(SEED);
        String name = wire.random(BASE32, 50);
        for (int i = 0; i < 400; i++) {
            wire.lookup(name + i % 6 + ".telemetry.example.com", A, 4).after(0.5);
        }
        assertThat(findings(wire)).isEmpty();
    }

    private static void quiet(String what, int type, Function<TunnelWire, String> name) {
        assertThat(findings(play(400, type, 0.1, name))).as(what).isEmpty();
    }

    private static String octets(TunnelWire wire) {
        return wire.random("123456789", 2) + "." + wire.random("123456789", 2) + "." + wire.random("123456789", 2)
                + ".10";
    }

    private static TunnelWire names(int count, String alphabet, int length, int type, double gap) {
        return play(count, type, gap, wire -> wire.random(alphabet, length) + ".t.corp-cdn.test");
    }

    private static TunnelWire counted(int count, double gap) {
        int[] number = new int[1];
        return play(count, A, gap, wire -> number[0]++ + "." + wire.random(HEX, 16) + ".s.net");
    }

    private static TunnelWire play(int count, int type, double gap, Function<TunnelWire, String> name) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < count; i++) {
            wire.lookup(name.apply(wire), type, type == A ? 4 : 60).after(gap);
        }
        return wire;
    }

    private static boolean found(TunnelWire wire) {
        return !findings(wire).isEmpty();
    }

    private static List<Finding> findings(TunnelWire wire) {
        return wire.findings(NameFold::new, new DnsTunnel(DnsTunnel.Settings.DEFAULT));
    }

    private static int edge(List<String> table, String what, int most, IntPredicate hit) {
        int first = IntStream.rangeClosed(1, most).filter(hit).findFirst().orElse(Integer.MAX_VALUE);
        table.add("| " + what + " | " + first + " |");
        return first;
    }
}
