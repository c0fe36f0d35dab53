package io.tripline.rules.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.rules.JobSettings;
import io.tripline.rules.LocalAlerts;
import io.tripline.rules.LocalRules;
import io.tripline.rules.RuleChoice;
import io.tripline.rules.Subjects;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.AlertPolicy;
import io.tripline.rules.alert.AllowEntry;
import io.tripline.rules.alert.Documents;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.alert.Zones;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.intel.IntelIndex;
import io.tripline.rules.network.Prefix;
import io.tripline.rules.ratelimit.Limit.Count;
import io.tripline.rules.tunnel.TunnelWire;
import io.tripline.schemas.PacketBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits hold from both sides, and what passes them is told like any other incident. */
class RateLimitTest {
    private static final long SEED = 7;
    private static final String SOURCE = "10.1.25.101";
    private static final String TARGET = "10.1.25.2";

    private static Limit limit(Count count, long seconds, long above) {
        return new Limit("own", count, Duration.ofSeconds(seconds), above, List.of(), 32, 128, Severity.LOW);
    }

    private static RateLimit.Settings of(Limit... limits) {
        return new RateLimit.Settings(List.of(limits), Duration.ofSeconds(60));
    }

    /** All findings; asserts that what is stored goes on as it would have, and that nothing is left behind. */
    private static List<Finding> findings(RateLimit.Settings settings, List<PacketBatch> batches) {
        List<Finding> findings = findings(settings, batches, false);
        assertThat(findings(settings, batches, true)).isEqualTo(findings);
        return findings;
    }

    private static List<Finding> findings(RateLimit.Settings settings, List<PacketBatch> batches, boolean inPieces) {
        Map<LimitKey, SubjectState<LimitCount, LimitState>> states = new HashMap<>();
        LimitFold fold = new LimitFold(
                settings.limits(),
                part -> states.computeIfAbsent(part.subject(), key -> new SubjectState<>())
                        .add(part));
        for (PacketBatch batch : batches) {
            fold.add(batch);
            if (inPieces) {
                fold.flush();
            }
        }
        fold.flush();
        RateLimit detector = new RateLimit(settings);
        List<Finding> findings = new ArrayList<>();
        states.forEach((key, each) -> {
            SubjectState<LimitCount, LimitState> state = each;
            while (!state.isIdle()) {
                state = inPieces ? stored(state, detector) : state;
                state.complete(state.next(), key, detector, findings::add);
            }
            assertThat(state.next()).isEqualTo(SubjectState.NEVER);
        });
        return findings;
    }

    private static SubjectState<LimitCount, LimitState> stored(
            SubjectState<LimitCount, LimitState> state, RateLimit detector) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            state.write(detector, new DataOutputStream(bytes));
            return SubjectState.read(
                    detector, LimitCount::read, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LimitEvidence evidence(Finding finding) {
        return (LimitEvidence) finding.detail();
    }

    /** Each sort of thing so many times from the source, a tenth of a second apart. */
    private static List<PacketBatch> times(Count count, int times) {
        if (count == Count.DNS_QUERIES) {
            TunnelWire dns = new TunnelWire(SEED);
            for (int i = 0; i < times; i++) {
                dns.after(0.1).lookup("host-" + i + ".example.org", 1, 16);
            }
            return dns.batches();
        }
        Wire wire = new Wire(SEED);
        for (int i = 0; i < times; i++) {
            wire.after(0.1);
            switch (count) {
                case ICMP -> wire.ping(SOURCE, TARGET, 9);
                case SYNS -> wire.silent(SOURCE, TARGET, 1_000 + i);
                case CONVERSATIONS -> wire.udp(SOURCE, 2_000 + i, TARGET, 53_000, 40);
                default -> wire.udp(SOURCE, 2_000, TARGET, 53_000, 58);
            }
        }
        return wire.batches();
    }

    @ParameterizedTest
    @EnumSource(Count.class)
    void shouldAllowWhatALimitAllowsAndTellOneMore(Count count) {
        List<PacketBatch> batches = times(count, 40);
        long most = seen(count, batches);

        assertThat(most).isGreaterThanOrEqualTo(40);
        assertThat(findings(of(limit(count, 60, most)), batches)).isEmpty();
        assertThat(findings(of(limit(count, 60, most - 1)), batches))
                .extracting(Finding::stage)
                .containsExactly(Stage.OPENED, Stage.CLOSED);
    }

    @Test
    void shouldCountEachThingAsItsNameSays() {
        assertThat(seen(Count.DNS_QUERIES, times(Count.DNS_QUERIES, 40))).isEqualTo(40);
        assertThat(seen(Count.ICMP, times(Count.ICMP, 40))).isEqualTo(40);
        assertThat(seen(Count.CONVERSATIONS, times(Count.CONVERSATIONS, 40))).isEqualTo(40);
        assertThat(seen(Count.PACKETS, times(Count.PACKETS, 40))).isEqualTo(40);
        assertThat(seen(Count.BYTES, times(Count.PACKETS, 40))).isEqualTo(4_000);
        assertThat(findings(of(limit(Count.ICMP, 60, 0)), times(Count.PACKETS, 40)))
                .isEmpty();
        assertThat(findings(of(limit(Count.DNS_QUERIES, 60, 0)), times(Count.SYNS, 40)))
                .isEmpty();
    }

    private static long seen(Count count, List<PacketBatch> batches) {
        return findings(of(limit(count, 60, 0)), batches).stream()
                .filter(finding -> finding.actor().toString().equals(SOURCE))
                .mapToLong(finding -> evidence(finding).seen())
                .max()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60, 600, 3_600})
    void shouldSlideOverTheWindowAndNotBeyond(int window) {
        int step = Math.max(1, window / 60);
        int within = (window - step) / step * step;
        Wire inside =
                new Wire(SEED).at(0.1).ping(SOURCE, TARGET, 9).at(within + 0.2).ping(SOURCE, TARGET, 9);
        Wire beyond =
                new Wire(SEED).at(0.1).ping(SOURCE, TARGET, 9).at(window + 0.2).ping(SOURCE, TARGET, 9);

        assertThat(findings(of(limit(Count.ICMP, window, 1)), beyond.batches())).isEmpty();
        assertThat(findings(of(limit(Count.ICMP, window, 1)), inside.batches())).isNotEmpty();
    }

    @Test
    void shouldTellOneIncidentThatOpensGoesOnAndCloses() {
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 1_000; i++) {
            wire.at(i * 0.1).ping(SOURCE, i % 4 == 0 ? TARGET : "10.1.25.3", 9);
        }
        List<Finding> findings = findings(of(limit(Count.ICMP, 1, 3)), wire.batches());

        assertThat(findings).extracting(Finding::stage).startsWith(Stage.OPENED, Stage.UPDATED);
        Finding closed = findings.get(findings.size() - 1);
        assertThat(closed.stage()).isEqualTo(Stage.CLOSED);
        assertThat(findings).extracting(Finding::firstSeen).containsOnly(closed.firstSeen());
        assertThat(findings.stream().filter(finding -> finding.stage() != Stage.UPDATED))
                .hasSize(2);
        assertThat(closed.packets()).isEqualTo(1_000);
        assertThat(closed.hosts()).isEqualTo(2);
        assertThat(evidence(closed).top())
                .extracting(top -> top.target().toString(), LimitEvidence.Top::count)
                .containsExactly(tuple("10.1.25.3", 750L), tuple(TARGET, 250L));
    }

    @Test
    void shouldWriteADocumentThatTheSchemaKnowsWithoutATechniqueOfAttack() {
        List<Finding> findings = findings(of(limit(Count.ICMP, 60, 3)), times(Count.ICMP, 40));
        JsonNode document = Documents.of(findings.get(findings.size() - 1));

        assertThat(document.path("message").asText())
                .isEqualTo("10.1.25.101 sent 40 ICMP packets within 60 s: limit own allows 3");
        assertThat(document.has("threat")).isFalse();
        assertThat(document.at("/tripline/limit/seen").asLong()).isEqualTo(40);
        assertThat(document.at("/event/severity").asLong()).isEqualTo(Severity.LOW.number());
    }

    @Test
    void shouldCountHostsOfANetworkTogetherWhereThatIsSet() {
        Wire wire = new Wire(SEED);
        for (int host = 1; host <= 10; host++) {
            wire.after(0.1).ping("10.1.25." + host, "192.0.2.1", 9);
        }
        Limit together = new Limit("own", Count.ICMP, Duration.ofMinutes(1), 9, List.of(), 24, 64, Severity.LOW);

        assertThat(findings(of(limit(Count.ICMP, 60, 9)), wire.batches())).isEmpty();
        assertThat(findings(of(together), wire.batches())).first().satisfies(finding -> {
            assertThat(evidence(finding).network()).hasToString("10.1.25.0/24");
            assertThat(evidence(finding).seen()).isEqualTo(10);
        });
    }

    @Test
    void shouldLeaveAloneWhoIsNotAmongTheNetworksOfALimit() {
        Limit others = new Limit(
                "own",
                Count.ICMP,
                Duration.ofMinutes(1),
                3,
                List.of(Prefix.parse("10.2.0.0/16")),
                32,
                128,
                Severity.LOW);
        Limit own = new Limit(
                "own",
                Count.ICMP,
                Duration.ofMinutes(1),
                3,
                List.of(Prefix.parse("10.1.0.0/16")),
                32,
                128,
                Severity.LOW);

        assertThat(findings(of(others), times(Count.ICMP, 40))).isEmpty();
        assertThat(findings(of(own), times(Count.ICMP, 40))).isNotEmpty();
    }

    @Test
    void shouldCountOnceWhatTwoSensorsSawOnOnePath() {
        List<LimitCount> parts = new ArrayList<>();
        for (int sensor = 0; sensor < 2; sensor++) {
            LimitFold fold = new LimitFold(List.of(limit(Count.ICMP, 60, 3)), parts::add);
            times(Count.ICMP, 9).forEach(fold::add);
            fold.flush();
        }
        LimitCount one = parts.get(0);
        LimitCount other = parts.get(parts.size() / 2);
        long count = one.count();

        one.combine(other);

        assertThat(one.count()).isEqualTo(count);
        assertThat(one.targets().entries()).extracting(TargetCount::count).containsExactly(count);
    }

    @Test
    void shouldAddUpWhatTwoSensorsSawOnTheirWaysToDifferentTargets() {
        LimitKey key = new LimitKey("own", Wire.address(SOURCE));
        LimitCount one = new LimitCount(key, 1);
        LimitCount other = new LimitCount(key, 1);
        for (int i = 1; i <= 40; i++) {
            one.add(0, i, 1_000_000, i, 1, 1, 60);
            other.add(0, 1_000 + i, 1_000_000, i, 1, 1, 60);
        }
        one.combine(other);

        assertThat(one.count()).isEqualTo(80);
        assertThat(one.packets()).isEqualTo(80);
        assertThat(one.targets().sampled()).isTrue();
    }

    @Test
    void shouldCountSpoofedSourcesBeyondItsRoomWithoutFollowingThem() {
        List<LimitCount> parts = new ArrayList<>();
        LimitFold fold = new LimitFold(List.of(limit(Count.ICMP, 60, 3)), parts::add);
        Wire wire = new Wire(SEED);
        for (int i = 0; i < 10_000; i++) {
            wire.ping("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, TARGET, 9);
        }
        wire.batches().forEach(fold::add);
        fold.flush();

        assertThat(parts).hasSize(LimitFold.SINGLES);
        assertThat(fold.notFollowed()).isEqualTo(10_000 - LimitFold.SINGLES);
    }

    @Test
    void shouldNotEvenFoldWhereNoLimitIsSet() {
        assertThat(Subjects.on(JobSettings.DEFAULT)).doesNotContain(RateLimitRule.SUBJECT);
        assertThat(JobSettings.DEFAULT.off()).containsEntry(RateLimit.RULE, "no limit is set for rule rate-limit");
        assertThat(Subjects.on(settings(List.of()))).contains(RateLimitRule.SUBJECT);
    }

    private static JobSettings settings(List<AllowEntry> allow) {
        Limit network = new Limit("own", Count.ICMP, Duration.ofMinutes(1), 3, List.of(), 24, 64, Severity.LOW);
        return new JobSettings(
                new AlertPolicy(Zones.DEFAULT, List.of(), allow, Map.of()),
                Map.of(RateLimit.RULE, new RuleChoice(true, of(network))),
                IntelIndex.EMPTY);
    }

    @Test
    void shouldBeAllowedOnlyWhereAllOfANetworkIs() {
        assertThat(alerts(settings(List.of(allowing("10.1.25.0/24")))))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.allowedBy()).isNotEmpty());
        assertThat(alerts(settings(List.of(allowing("10.1.25.0/25")))))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.allowedBy()).isEmpty());
    }

    private static AllowEntry allowing(String network) {
        return new AllowEntry(
                "test",
                Set.of(RateLimit.RULE),
                List.of(Prefix.parse(network)),
                Set.of(),
                List.of(),
                Set.of(),
                "me",
                "test",
                LocalDate.of(2099, 1, 1));
    }

    private static List<Alert> alerts(JobSettings settings) {
        List<Alert> alerts = new ArrayList<>();
        LocalAlerts incidents = new LocalAlerts(settings, alerts::add);
        LocalRules rules = new LocalRules(settings, incidents::add);
        times(Count.ICMP, 40).forEach(rules::add);
        rules.finish();
        return alerts.stream()
                .filter(alert -> alert.rule().equals(RateLimit.RULE))
                .toList();
    }

    @Test
    void shouldCloseAnIncidentWhoseLimitIsGone() {
        RateLimit detector = new RateLimit(of(limit(Count.ICMP, 60, 3)));
        LimitKey[] key = new LimitKey[1];
        SubjectState<LimitCount, LimitState> state = new SubjectState<>();
        LimitFold fold = new LimitFold(List.of(limit(Count.ICMP, 60, 3)), part -> {
            key[0] = part.subject();
            state.add(part);
        });
        times(Count.ICMP, 9).forEach(fold::add);
        fold.flush();
        List<Finding> findings = new ArrayList<>();
        state.complete(state.next(), key[0], detector, findings::add);
        RateLimit renamed = new RateLimit(new RateLimit.Settings(
                List.of(new Limit("other", Count.ICMP, Duration.ofSeconds(60), 3, List.of(), 32, 128, Severity.LOW)),
                Duration.ofSeconds(60)));
        while (!state.isIdle()) {
            state.complete(state.next(), key[0], renamed, findings::add);
        }

        assertThat(findings).extracting(Finding::stage).containsExactly(Stage.OPENED, Stage.CLOSED);
    }

    @Test
    void shouldRefuseLimitsThatCannotBeMeant() {
        assertThatThrownBy(() -> limit(Count.ICMP, 0, 3)).hasMessageContaining("window: 0s, must be");
        assertThatThrownBy(() -> limit(Count.ICMP, 3_601, 3)).hasMessageContaining("window: 3601s, must be");
        assertThatThrownBy(() -> limit(Count.ICMP, 60, -1)).hasMessageContaining("above: -1, must be");
        assertThatThrownBy(() -> of(limit(Count.ICMP, 60, 1), limit(Count.SYNS, 60, 1)))
                .hasMessageContaining("two of one name");
    }
}
