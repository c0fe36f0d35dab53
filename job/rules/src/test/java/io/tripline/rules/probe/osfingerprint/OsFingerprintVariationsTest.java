package io.tripline.rules.probe.osfingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Wire;
import io.tripline.rules.probe.Variations;
import org.junit.jupiter.api.Test;

/** Where fingerprinting begins and ceases to be found. */
class OsFingerprintVariationsTest {
    private static final long SEED = 20_261_128;
    private static final String SOURCE = "192.168.1.66";
    private static final String TARGET = "192.168.1.10";

    private static boolean found(Wire wire) {
        return !wire.findings(OsFingerprint.RULE).isEmpty();
    }

    @Test
    void shouldTellWhereHitsAndFalseAlarmsBegin() {
        Variations table = new Variations(OsFingerprint.RULE, SEED);
        assertThat(table.row("nmap, IPv4", found(OsFingerprintTest.nmap(new Wire(SEED), SOURCE, TARGET))))
                .isTrue();
        assertThat(table.row("nmap, IPv6", found(OsFingerprintTest.nmap(new Wire(SEED), "2001:db8::1", "2001:db8::2"))))
                .isTrue();
        assertThat(table.edge(
                        "nmap, percent lost",
                        0,
                        100,
                        5,
                        loss -> found(OsFingerprintTest.nmap(new Wire(SEED), SOURCE, TARGET)
                                .lossy(loss / 100.0))))
                .isGreaterThan(30);
        assertThat(table.edge(
                        "nmap, captured from percent on",
                        0,
                        100,
                        10,
                        percent -> found(OsFingerprintTest.nmap(new Wire(SEED), SOURCE, TARGET)
                                .fromMiddle(percent / 100.0))))
                .isGreaterThan(50);
        assertThat(table.edge(
                        "three ICMP queries, seconds apart",
                        1,
                        12,
                        1,
                        apart -> found(new Wire(SEED)
                                .query(SOURCE, TARGET, 13, 0, 1)
                                .after(apart)
                                .query(SOURCE, TARGET, 15, 0, 2)
                                .after(apart)
                                .query(SOURCE, TARGET, 17, 0, 3))))
                .isEqualTo(10);
        assertThat(table.row(
                        "false alarms: timestamp, echo and mask, as host discovery asks",
                        found(new Wire(SEED)
                                .query(SOURCE, TARGET, 13, 0, 1)
                                .query(SOURCE, TARGET, 8, 0, 2)
                                .query(SOURCE, TARGET, 17, 0, 3))))
                .isFalse();
        table.write();
    }
}
