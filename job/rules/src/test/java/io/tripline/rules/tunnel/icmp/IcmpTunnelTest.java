package io.tripline.rules.tunnel.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.incident.TestId;
import io.tripline.rules.tunnel.TunnelTestId;
import io.tripline.rules.tunnel.TunnelWire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rule's thresholds and signals, each from both sides of its edge. Seed {@value #SEED}. */
class IcmpTunnelTest {
    private static final long SEED = 20_261_130;
    private static final int SIZE = 200;

    /** Bytes at the beginning in which ping writes the time; they do not count. */
    private static final int TIME = 16;

    private static final IcmpTunnel.Settings DEFAULT = IcmpTunnel.Settings.DEFAULT;

    @Test
    void shouldOpenOneIncidentForAPairThatExchangesFivePayloadsWithinAMinute() {
        assertThat(findings(payloads(5, 14.75), DEFAULT)).singleElement().satisfies(finding -> {
            assertThat(finding.actor()).isEqualTo(Wire.address(TunnelWire.CLIENT));
            assertThat(finding.hostSample()).containsExactly(Wire.address(TunnelWire.SERVER));
            assertThat(finding.packets()).isEqualTo(10);
            assertThat(finding.reasons().get(0).is(TunnelTestId.POINTS)).isTrue();
            assertThat(finding.reasons()).contains(Reason.of(IcmpTunnelTestId.PAYLOADS, "60", 5, 4));
        });
    }

    @Test
    void shouldStayQuietAtFourPayloads() {
        assertThat(findings(payloads(4, 0.1), DEFAULT)).isEmpty();
    }

    @Test
    void shouldForgetAPayloadWhenItsSecondLeavesTheWindow() {
        assertThat(findings(payloads(5, 14.75), DEFAULT)).hasSize(1);
        assertThat(findings(payloads(5, 15), DEFAULT)).isEmpty();
    }

    @Test
    void shouldCountTwelvePayloadsOfTheSlowWindow() {
        assertThat(findings(payloads(12, 160), DEFAULT))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.reasons()).contains(Reason.of(IcmpTunnelTestId.PAYLOADS, "1800", 12, 11)));
        assertThat(findings(payloads(11, 160), DEFAULT)).isEmpty();
    }

    @Test
    void shouldForgetAPayloadWhenItsSecondLeavesTheSlowWindow() {
        assertThat(findings(payloads(12, 163.5), DEFAULT)).hasSize(1);
        assertThat(findings(payloads(12, 163.7), DEFAULT)).isEmpty();
    }

    @Test
    void shouldOpenWhereTheSumOfAllSignalsIsAboveTheScore() {
        TunnelWire wire = payloads(5, 0.1);
        long points = findings(wire, DEFAULT).get(0).reasons().get(0).value();

        assertThat(findings(payloads(5, 0.1), scored((int) points - 1))).hasSize(1);
        assertThat(findings(payloads(5, 0.1), scored((int) points))).isEmpty();
    }

    @Test
    void shouldTakeTwentyPayloadsForMany() {
        assertThat(signal(payloads(19, 0), IcmpTunnelTestId.MANY_PAYLOADS)).isEqualTo(new Told(19, false));
        assertThat(signal(payloads(20, 0), IcmpTunnelTestId.MANY_PAYLOADS)).isEqualTo(new Told(20, true));
    }

    @Test
    void shouldTellRepliesThatCarryWhatNoRequestDid() {
        assertThat(signal(unlike(4), IcmpTunnelTestId.ANSWERS)).isEqualTo(new Told(4, false));
        assertThat(signal(unlike(5), IcmpTunnelTestId.ANSWERS)).isEqualTo(new Told(5, true));
    }

    @Test
    void shouldTakeUnlikeRepliesForLossWhereTheyAreAFifth() {
        TunnelWire fifth = unlike(5);
        TunnelWire more = unlike(5);
        for (int i = 0; i < 20; i++) {
            fifth.exchange(fifth.random(SIZE));
            if (i < 19) {
                more.exchange(more.random(SIZE));
            }
        }
        assertThat(signal(fifth, IcmpTunnelTestId.ANSWERS)).isEqualTo(new Told(0, false));
        assertThat(signal(more, IcmpTunnelTestId.ANSWERS)).isEqualTo(new Told(5, true));
    }

    @Test
    void shouldTellWhetherMostOfThePayloadChanges() {
        assertThat(signal(changing(5), IcmpTunnelTestId.CHANGING)).isEqualTo(new Told(5, false));
        assertThat(signal(changing(6), IcmpTunnelTestId.CHANGING)).isEqualTo(new Told(6, true));
    }

    @Test
    void shouldTellWhetherMostOfThePayloadStays() {
        assertThat(signal(changing(4), IcmpTunnelTestId.STAYING)).isEqualTo(new Told(4, false));
        assertThat(signal(changing(3), IcmpTunnelTestId.STAYING)).isEqualTo(new Told(5, true));
    }

    @Test
    void shouldTellRepliesThatOutnumberRequests() {
        assertThat(signal(replies(4, 9), IcmpTunnelTestId.REPLIES)).isEqualTo(new Told(4, false));
        assertThat(signal(replies(4, 10), IcmpTunnelTestId.REPLIES)).isEqualTo(new Told(5, true));
    }

    @Test
    void shouldTellWhetherHalfOfThePayloadsHaveHighEntropy() {
        assertThat(signal(entropy(24, 25), IcmpTunnelTestId.ENTROPY)).isEqualTo(new Told(48, false));
        assertThat(signal(entropy(25, 25), IcmpTunnelTestId.ENTROPY)).isEqualTo(new Told(50, true));
    }

    @Test
    void shouldTellPayloadsThatAreLargerThanUsual() {
        assertThat(signal(sizes(84, 84, 84, 84, 84), IcmpTunnelTestId.SIZE)).isEqualTo(new Told(84, false));
        assertThat(signal(sizes(85, 85, 85, 85, 85), IcmpTunnelTestId.SIZE)).isEqualTo(new Told(85, true));
    }

    @Test
    void shouldTellPayloadsOfManySizes() {
        assertThat(signal(sizes(50, 51, 52, 52, 52), IcmpTunnelTestId.SIZES)).isEqualTo(new Told(3, false));
        assertThat(signal(sizes(50, 51, 52, 53, 53), IcmpTunnelTestId.SIZES)).isEqualTo(new Told(4, true));
    }

    /** So many exchanges of different random data, so many seconds apart. */
    private static TunnelWire payloads(int count, double gap) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < count; i++) {
            wire.exchange(wire.random(SIZE)).after(gap);
        }
        return wire;
    }

    /** One request with replies of which so many carry what it did not. */
    private static TunnelWire unlike(int count) {
        TunnelWire wire = new TunnelWire(SEED);
        wire.request(TunnelWire.CLIENT, TunnelWire.SERVER, wire.random(SIZE));
        for (int i = 0; i < count; i++) {
            wire.reply(TunnelWire.CLIENT, TunnelWire.SERVER, wire.random(SIZE));
        }
        return wire;
    }

    /** Forty payloads of which so many eighths change and the others stay. */
    private static TunnelWire changing(int eighths) {
        TunnelWire wire = new TunnelWire(SEED);
        byte[] fixed = wire.random(SIZE);
        for (int i = 0; i < 40; i++) {
            byte[] data = fixed.clone();
            byte[] fresh = wire.random(SIZE);
            int length = (SIZE - TIME) / 8 * eighths;
            System.arraycopy(fresh, SIZE - length, data, SIZE - length, length);
            wire.exchange(data);
        }
        return wire;
    }

    private static TunnelWire replies(int requests, int replies) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < requests; i++) {
            wire.request(TunnelWire.CLIENT, TunnelWire.SERVER, wire.random(SIZE));
        }
        for (int i = 0; i < replies; i++) {
            wire.reply(TunnelWire.CLIENT, TunnelWire.SERVER, wire.random(SIZE));
        }
        return wire;
    }

    /** Payloads in which no byte comes twice, and payloads of two letters. */
    private static TunnelWire entropy(int high, int low) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int i = 0; i < high; i++) {
            byte[] data = new byte[SIZE];
            for (int k = 0; k < SIZE; k++) {
                data[k] = (byte) (k * 37 + i * 11);
            }
            wire.exchange(data);
        }
        for (int i = 0; i < low; i++) {
            wire.exchange(wire.random("ab", SIZE).getBytes(StandardCharsets.US_ASCII));
        }
        return wire;
    }

    private static TunnelWire sizes(int... sizes) {
        TunnelWire wire = new TunnelWire(SEED);
        for (int size : sizes) {
            wire.exchange(wire.random(size));
        }
        return wire;
    }

    private static IcmpTunnel.Settings scored(int score) {
        return new IcmpTunnel.Settings(
                DEFAULT.window(), DEFAULT.payloads(), DEFAULT.slowWindow(), DEFAULT.slowPayloads(), score);
    }

    private static List<Finding> findings(TunnelWire wire, IcmpTunnel.Settings settings) {
        return wire.findings(EchoFold::new, new IcmpTunnel(settings));
    }

    private record Told(long value, boolean passed) {}

    /** What is told of a signal of all that was seen, where no score is ever enough. */
    private static Told signal(TunnelWire wire, TestId test) {
        Map<String, Told> told = new HashMap<>();
        IcmpTunnel.Settings never =
                new IcmpTunnel.Settings(Duration.ofHours(1), 4, Duration.ofHours(1), 1_000_000, 1_000);
        wire.findings(
                EchoFold::new,
                new IcmpTunnel(
                        never,
                        (rule, subject, second, reason, passed) ->
                                told.put(reason.test(), new Told(reason.value(), passed))));
        return told.getOrDefault(test.name(), new Told(-1, false));
    }
}
