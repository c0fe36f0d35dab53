package io.tripline.rules.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.flood.Flood.Way;
import io.tripline.rules.flood.Inflow.Count;
import io.tripline.rules.flood.connection.ConnectionFlood;
import io.tripline.rules.flood.icmp.IcmpFlood;
import io.tripline.rules.flood.syn.SynFlood;
import io.tripline.rules.flood.udp.UdpFlood;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.FindingDraft;
import io.tripline.rules.probe.distributedscan.TargetRules;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.TcpFlags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a flood looks like when it is told. */
class FloodsTest {
    private static final long SEED = 20_260_205;

    private static Finding only(Wire wire) {
        List<Finding> findings = TargetRules.closed(wire);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static FloodEvidence evidence(Finding finding) {
        return (FloodEvidence) finding.detail();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldOpenAndCloseOneIncidentAboutTheTarget(Way way) {
        Flood flood = new Flood(way);

        List<Finding> findings = TargetRules.findings(flood.play(new Wire(SEED)).batches());

        assertThat(findings).extracting(Finding::rule).containsOnly(way.rule());
        assertThat(findings).extracting(Finding::actor).containsOnly(Wire.address(flood.target()));
        assertThat(findings).extracting(Finding::stage).startsWith(Stage.OPENED).endsWith(Stage.CLOSED);
        assertThat(findings.stream().filter(finding -> finding.stage() == Stage.OPENED))
                .hasSize(1);
    }

    @Test
    void shouldNameTheOneSourceThatFloods() {
        Finding flood = only(new Flood(Way.SYN_ANSWERED).play(new Wire(SEED)));

        assertThat(flood.sources()).containsExactly(Wire.address(Flood.ATTACKER));
        assertThat(flood.sourceCount()).isEqualTo(1);
        assertThat(evidence(flood).spoofed()).isFalse();
        assertThat(flood.packets()).isEqualTo(7_500);
        assertThat(evidence(flood).halfOpenPercent()).isEqualTo(100);
        assertThat(evidence(flood).count(Count.SYN_ANSWERED)).isEqualTo(7_500);
    }

    @Test
    void shouldNameItAmongTheTargetsClients() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 200; i++) {
            wire.at(i * 0.025).connection("192.168.7." + (i % 40 + 1), wire.ephemeral(), "192.168.1.10", 80, 1, 0.001);
        }
        Finding flood = only(new Flood(Way.SYN).play(wire.at(0)));

        assertThat(flood.sources()).containsExactly(Wire.address(Flood.ATTACKER));
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"SYN", "SYN_ANSWERED", "UDP", "ECHO"})
    void shouldTellFalseAddressesFromRealOnes(Way way) {
        Finding flood = only(new Flood(way).sources(0).play(new Wire(SEED)));

        assertThat(evidence(flood).spoofed()).isTrue();
        assertThat(flood.sourceCount()).isBetween(5_500L, 9_500L);
        assertThat(flood.sources()).hasSize(FindingDraft.LISTED_HOSTS);
        assertThat(flood.approximate()).isTrue();
        assertThat(evidence(only(new Flood(way).sources(40).play(new Wire(SEED))))
                        .spoofed())
                .isFalse();
    }

    @Test
    void shouldCallAFloodOfFalseAddressesThatTheTargetAnswersHigh() {
        Finding flood = only(new Flood(Way.SYN_ANSWERED).sources(0).play(new Wire(SEED)));

        assertThat(Wire.severity(flood)).isEqualTo(Severity.HIGH);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"SYN", "SYN_ANSWERED", "UDP", "ECHO"})
    void shouldFindABurstOfAQuarterOfASecond(Way way) {
        assertThat(only(new Flood(way).rate(16_000).seconds(0.25).play(new Wire(SEED)))
                        .rule())
                .isEqualTo(way.rule());
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"SYN", "SYN_ANSWERED", "UDP_REFUSED", "ECHO_ANSWERED"})
    void shouldFindASlowOneThatGoesOnAtMediumAtMost(Way way) {
        Finding flood = only(new Flood(way).rate(450).seconds(12).play(new Wire(SEED)));

        assertThat(evidence(flood).persistentOnly()).isTrue();
        assertThat(Wire.severity(flood)).isLessThanOrEqualTo(Severity.MEDIUM);
    }

    @Test
    void shouldMeasureATargetAgainstItsOwnMedian() {
        Wire busy = new Wire(SEED);
        for (int i = 0; i < 100 * 120; i++) {
            busy.at(i * 0.01).crafted("192.168.7." + (i % 200), 2_000 + i % 60_000, "192.168.1.10", 25, TcpFlags.SYN);
        }
        Floods rules = Floods.defaults();
        Finding flood =
                TargetRules.findings(
                                new Flood(Way.SYN)
                                        .rate(3_000)
                                        .seconds(6)
                                        .play(busy.at(120))
                                        .batches(),
                                rules)
                        .stream()
                        .filter(finding -> finding.stage() == Stage.CLOSED)
                        .findFirst()
                        .orElseThrow();

        assertThat(evidence(flood).coldStart()).isFalse();
        assertThat(evidence(flood).usualPerSecond()).isEqualTo(100);
        assertThat(flood.reasons()).anySatisfy(reason -> {
            assertThat(reason.text()).contains("10 times the target's own median");
            assertThat(reason.threshold()).isEqualTo(3_000);
        });
    }

    @Test
    void shouldNotCallTenTimesTheMedianAFloodWhereThatIsUsual() {
        Wire usual = new Wire(SEED);
        for (int second = 0; second < 150; second += 1) {
            new Flood(Way.CONNECTIONS).rate(second < 120 ? 40 : 350).seconds(1).play(usual.at(second));
        }

        assertThat(TargetRules.closed(usual)).isEmpty();
    }

    @Test
    void shouldFindTheSameHoweverTheStreamIsCut() {
        List<PacketBatch> batches =
                new Flood(Way.SYN_ANSWERED).sources(0).play(new Wire(SEED)).batches();
        List<PacketBatch> cut = new ArrayList<>();
        for (PacketBatch batch : batches) {
            for (int from = 0; from < batch.getRecords().size(); from += 7) {
                int to = Math.min(from + 7, batch.getRecords().size());
                PacketBatch piece = new PacketBatch();
                piece.setSensor(batch.getSensor());
                piece.setTime(batch.getTime());
                piece.setNewest(batch.getNewest());
                piece.setFirstFrame(batch.getFirstFrame());
                piece.setAnswersVisible(batch.getAnswersVisible());
                piece.setRecords(batch.getRecords().subList(from, to));
                piece.setVolumes(from == 0 ? batch.getVolumes() : List.of());
                cut.add(piece);
            }
        }

        assertThat(TargetRules.findings(cut)).isEqualTo(TargetRules.findings(batches));
    }

    @Test
    void shouldTellEveryTestMade() {
        List<String> tests = new ArrayList<>();
        Floods rules = new Floods(
                SynFlood.Settings.DEFAULT,
                UdpFlood.Settings.DEFAULT,
                IcmpFlood.Settings.DEFAULT,
                ConnectionFlood.Settings.DEFAULT,
                (rule, subject, second, reason, passed) -> tests.add(rule + ": " + reason.text() + " " + passed));

        TargetRules.findings(new Flood(Way.ECHO).play(new Wire(SEED)).batches(), rules);

        assertThat(tests)
                .contains("icmp-flood: ICMP packets in 3 s true", "icmp-flood: ICMP packets in 3 s false")
                .anyMatch(test -> test.startsWith("syn-flood: ") && test.endsWith("false"));
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new IcmpFlood.Settings(Duration.ZERO, 1_000, 10, Duration.ofSeconds(10), 100))
                .hasMessage("window: 0s, must be whole seconds from 1s to 60s");
        assertThatThrownBy(
                        () -> new IcmpFlood.Settings(Duration.ofSeconds(3), 1_000, 10, Duration.ofSeconds(10), 2_000))
                .hasMessage("persistentRate: 2000, must be at most 1000, the value of rate");
    }
}
