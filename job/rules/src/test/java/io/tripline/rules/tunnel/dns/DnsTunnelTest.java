package io.tripline.rules.tunnel.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.incident.TestId;
import io.tripline.rules.tunnel.TunnelTestId;
import io.tripline.rules.tunnel.TunnelWire;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rule's thresholds and signals, each from both sides of its edge. Seed {@value #SEED}. */
class DnsTunnelTest {
    private static final long SEED = 20_261_130;
    private static final int A = 1;
    private static final int TXT = 16;
    private static final String HEX = "0123456789abcdef";
    private static final String DOMAIN = "tunnel.example.com";
    private static final DnsTunnel.Settings DEFAULT = DnsTunnel.Settings.DEFAULT;

    @Test
    void shouldOpenOneIncidentForAClientThatAsksForTwelveEncodedNamesWithinAMinute() {
        assertThat(findings(names(12, 5.3), DEFAULT)).singleElement().satisfies(finding -> {
            assertThat(finding.actor()).isEqualTo(Wire.address(TunnelWire.CLIENT));
            assertThat(finding.scope()).isEqualTo("example.com");
            assertThat(finding.reasons().get(0).is(TunnelTestId.POINTS)).isTrue();
            assertThat(finding.reasons()).contains(Reason.of(DnsTunnelTestId.NAMES, "60", 12, 11));
        });
    }

    @Test
    void shouldStayQuietAtElevenNames() {
        assertThat(findings(names(11, 0.1), DEFAULT)).isEmpty();
    }

    @Test
    void shouldForgetANameWhenItsSecondLeavesTheWindow() {
        assertThat(findings(names(12, 5.4), DEFAULT)).hasSize(1);
        assertThat(findings(names(12, 5.5), DEFAULT)).isEmpty();
    }

    @Test
    void shouldCountTwentyFiveNamesOfTheSlowWindow() {
        assertThat(findings(names(25, 70), DEFAULT))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.reasons()).contains(Reason.of(DnsTunnelTestId.NAMES, "1800", 25, 24)));
        assertThat(findings(names(24, 70), DEFAULT)).isEmpty();
    }

    @Test
    void shouldForgetANameWhenItsSecondLeavesTheSlowWindow() {
        assertThat(findings(names(25, 74.9), DEFAULT)).hasSize(1);
        assertThat(findings(names(25, 75.1), DEFAULT)).isEmpty();
    }

    @Test
    void shouldOpenWhereTheSumOfAllSignalsIsAboveTheScore() {
        long points = findings(names(12, 0.1), DEFAULT).get(0).reasons().get(0).value();

        assertThat(findings(names(12, 0.1), scored((int) points - 1))).hasSize(1);
        assertThat(findings(names(12, 0.1), scored((int) points))).isEmpty();
    }

    @Test
    void shouldTakeFiftyNamesForMany() {
        assertThat(signal(names(49, 0), DnsTunnelTestId.MANY_NAMES)).isEqualTo(new Told(49, false));
        assertThat(signal(names(50, 0), DnsTunnelTestId.MANY_NAMES)).isEqualTo(new Told(50, true));
    }

    @Test
    void shouldAddUpWhatNamesCanCarry() {
        assertThat(signal(carrying(14, 10, 9), DnsTunnelTestId.CARRIED)).isEqualTo(new Told(149, false));
        assertThat(signal(carrying(14, 10, 10), DnsTunnelTestId.CARRIED)).isEqualTo(new Told(150, true));
        assertThat(signal(carrying(49, 20, 19), DnsTunnelTestId.MUCH_CARRIED)).isEqualTo(new Told(999, false));
        assertThat(signal(carrying(49, 20, 20), DnsTunnelTestId.MUCH_CARRIED)).isEqualTo(new Told(1_000, true));
    }

    @Test
    void shouldTellRecordTypesThatCarryData() {
        assertThat(signal(types(24, 25), DnsTunnelTestId.DATA_TYPES)).isEqualTo(new Told(48, false));
        assertThat(signal(types(25, 25), DnsTunnelTestId.DATA_TYPES)).isEqualTo(new Told(50, true));
    }

    @Test
    void shouldTellDataInAnswersOfSuchTypes() {
        // An answer's header of 12 bytes counts.
        assertThat(signal(answered(999), DnsTunnelTestId.ANSWERS)).isEqualTo(new Told(999, false));
        assertThat(signal(answered(1_000), DnsTunnelTestId.ANSWERS)).isEqualTo(new Told(1_000, true));
    }

    @Test
    void shouldTellNamesThatAreLong() {
        assertThat(signal(lengths(39, 39), DnsTunnelTestId.LONG_NAMES)).isEqualTo(new Told(39, false));
        assertThat(signal(lengths(40, 40), DnsTunnelTestId.LONG_NAMES)).isEqualTo(new Told(40, true));
    }

    @Test
    void shouldTellNamesOfDifferentLengths() {
        assertThat(signal(lengths(24, 24), DnsTunnelTestId.LENGTHS)).isEqualTo(new Told(1, false));
        assertThat(signal(lengths(24, 26), DnsTunnelTestId.LENGTHS)).isEqualTo(new Told(2, true));
    }

    @Test
    void shouldTakePointsWhereEachNameIsAskedForAgainAndAgain() {
        assertThat(signal(repeated(4), DnsTunnelTestId.REPEATS)).isEqualTo(new Told(4, false));
        assertThat(signal(repeated(5), DnsTunnelTestId.REPEATS)).isEqualTo(new Told(5, true));
    }

    @Test
    void shouldTakePointsForADomainOfAReputationService() {
        assertThat(signal(under("l.spamhaus.org"), DnsTunnelTestId.REPUTATION)).isEqualTo(new Told(1, true));
        assertThat(signal(under("l.spamhaus.net.example"), DnsTunnelTestId.REPUTATION))
                .isEqualTo(new Told(-1, false));
    }

    /** Look-ups of so many different names of 60 and 58 hexadecimal digits, so many seconds apart. */
    private static TunnelWire names(int count, double gap) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < count; i++) {
            name(wire, 60 - i % 2 * 2, DOMAIN, A).after(gap);
        }
        return wire;
    }

    private static TunnelWire name(TunnelWire wire, int length, String under, int type) {
        return wire.lookup(wire.random(HEX, length) + "." + under, type, 4);
    }

    /** Names that carry so many bytes each, and one more name. */
    private static TunnelWire carrying(int count, int bytes, int last) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < count; i++) {
            name(wire, bytes * 2, "example.com", A);
        }
        return name(wire, last * 2, "example.com", A);
    }

    private static TunnelWire types(int txt, int a) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < txt + a; i++) {
            name(wire, 40, DOMAIN, i < txt ? TXT : A);
        }
        return wire;
    }

    /** Answers that bring so many bytes in all. */
    private static TunnelWire answered(int bytes) {
        TunnelWire wire = new TunnelWire(SEED);
        int header = 12;
        for (int i = 0; i < 20; i++) {
            int more = bytes * (i + 1) / 20 - bytes * i / 20;
            wire.lookup(wire.random(HEX, 40) + "." + DOMAIN, TXT, more - header);
        }
        return wire;
    }

    /** Names with so many characters before the domain, in turn. */
    private static TunnelWire lengths(int one, int other) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < 20; i++) {
            name(wire, i % 2 == 0 ? one : other, "example.com", A);
        }
        return wire;
    }

    private static TunnelWire repeated(int times) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < 12; i++) {
            String name = wire.random(HEX, 40) + "." + DOMAIN;
            for (int k = 0; k < times; k++) {
                wire.lookup(name, A, 4);
            }
        }
        return wire;
    }

    private static TunnelWire under(String domain) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < 12; i++) {
            name(wire, 40, domain, A);
        }
        return wire;
    }

    private static DnsTunnel.Settings scored(int score) {
        return new DnsTunnel.Settings(
                DEFAULT.window(), DEFAULT.names(), DEFAULT.slowWindow(), DEFAULT.slowNames(), score);
    }

    private static List<Finding> findings(TunnelWire wire, DnsTunnel.Settings settings) {
        return wire.findings(NameFold::new, new DnsTunnel(settings));
    }

    private record Told(long value, boolean passed) {}

    /** What is told of a signal of all that was seen, where no score is ever enough. */
    private static Told signal(TunnelWire wire, TestId test) {
        Map<String, Told> told = new HashMap<>();
        DnsTunnel.Settings never =
                new DnsTunnel.Settings(Duration.ofHours(1), 11, Duration.ofHours(1), 1_000_000, 1_000);
        wire.findings(
                NameFold::new,
                new DnsTunnel(
                        never,
                        (rule, subject, second, reason, passed) ->
                                told.put(reason.test(), new Told(reason.value(), passed))));
        return told.getOrDefault(test.name(), new Told(-1, false));
    }
}
