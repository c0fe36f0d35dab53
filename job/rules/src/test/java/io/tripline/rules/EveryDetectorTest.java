package io.tripline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.alert.AlertPolicy;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.DetectorContract;
import io.tripline.rules.engine.Hosted;
import io.tripline.rules.engine.LocalHost;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.engine.Traffic;
import io.tripline.rules.flood.connection.ConnectionFlood;
import io.tripline.rules.flood.icmp.IcmpFlood;
import io.tripline.rules.flood.syn.SynFlood;
import io.tripline.rules.flood.udp.UdpFlood;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.intel.IntelIndex;
import io.tripline.rules.intel.IntelList;
import io.tripline.rules.intel.IntelMatch;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.probe.bruteforce.BruteForce;
import io.tripline.rules.probe.distributedscan.DistributedScan;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.probe.hostsweep.HostSweep;
import io.tripline.rules.probe.osfingerprint.OsFingerprint;
import io.tripline.rules.probe.portscan.PortScan;
import io.tripline.rules.probe.slowscan.SlowScan;
import io.tripline.rules.ratelimit.Limit;
import io.tripline.rules.ratelimit.RateLimit;
import io.tripline.rules.sensor.SensorHealth;
import io.tripline.rules.spoof.ArpSpoof;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.rules.tunnel.dns.DnsTunnel;
import io.tripline.rules.tunnel.icmp.IcmpTunnel;
import io.tripline.rules.volume.VolumeOutlier;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each detector keeps the contract, with traffic of which it has something to tell, seen by two sensors. */
class EveryDetectorTest {
    private static final long START = 1_767_225_600L;

    private final long seed = Long.getLong("tripline.seed", new Random().nextLong());

    /** A capture of which the rule has something to tell. */
    private static final Map<String, String> CAPTURES = Map.ofEntries(
            Map.entry(PortScan.RULE, "multi_scan_sequence_with_background.pcap"),
            Map.entry(HostSweep.RULE, "sweep_routed_tcp445_syn.pcap"),
            Map.entry(SlowScan.RULE, "slow_fin_8s_80ports.pcap"),
            Map.entry(OsFingerprint.RULE, "os_O.pcap"),
            Map.entry(BruteForce.RULE, "brute_ssh_hydra.pcap"),
            Map.entry(DistributedScan.RULE, "distributed_5src_15ports.pcap"),
            Map.entry(SynFlood.RULE, "flood_syn_80.pcap.gz"),
            Map.entry(UdpFlood.RULE, "flood_udp_53.pcap.gz"),
            Map.entry(IcmpFlood.RULE, "flood_icmp.pcap.gz"),
            Map.entry(ConnectionFlood.RULE, "flood_conn_ab.pcap.gz"),
            Map.entry(ArpSpoof.RULE, "arp_arpspoof_mitm.pcap"),
            Map.entry(IcmpTunnel.RULE, "icmp_ptunnelng_ssh.pcap"),
            Map.entry(DnsTunnel.RULE, "dns_iodine_TXT_base32.pcap"),
            Map.entry(VolumeOutlier.RULE, "volume_exfil_udp_4MB.pcap.gz"),
            Map.entry(RateLimit.RULE, "icmp_exfil_hex_56.pcap"),
            Map.entry(IntelMatch.RULE, "multi_scan_sequence_with_background.pcap"));

    private static Stream<Arguments> rules() {
        return Rules.ALL.stream().map(rule -> Arguments.of(Named.of(rule.id(), rule)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldKeepTheContract(Rule<?> rule) throws IOException {
        List<PacketBatch> batches = traffic(rule.id());
        if (rule.subjects().isEmpty()) {
            checkFound(rule, actors(batches));
        }
        for (Subject<?, ?, ?> subject : rule.subjects()) {
            checkFound(rule, others(subject, batches));
        }
    }

    private void checkFound(Rule<?> rule, Collection<List<Finding>> found) {
        assertThat(found.stream().flatMap(List::stream).map(Finding::rule))
                .as("%s has nothing to tell, so that this shows nothing; seed %d", rule.id(), seed)
                .contains(rule.id());
    }

    private Collection<List<Finding>> actors(List<PacketBatch> batches) {
        List<byte[]> parts = new ArrayList<>();
        fold(batches, new RuleFolds(JobSettings.DEFAULT, new Told() {
            @Override
            public void activity(Activity activity) {
                parts.add(DetectorContract.bytes(Activity.CODEC, activity));
            }
        }));
        ActorRules storage = Rules.aboutActors();
        Codec<ActorState> states = Codec.of("actors", 1, ActorState.class, storage::write, storage::read);

        // What failed is remembered beside the actors' states, so each run has rules of its own.
        return new DetectorContract<>(() -> Rules.aboutActors().hosted(probes -> {}), Activity.CODEC, states)
                .check(parts, seed)
                .values();
    }

    private <K, P extends Part<K, P>, S> Collection<List<Finding>> others(
            Subject<K, P, S> subject, List<PacketBatch> batches) {
        JobSettings settings = settings();
        Hosted<K, P, SubjectState<P, S>> rules = subject.hosted(settings, DecisionTrace.NONE);
        List<byte[]> parts =
                subject.feed() == Subject.Feed.ACTORS ? probed(batches) : parts(subject, settings, batches);

        DetectorContract<K, P, SubjectState<P, S>> contract =
                new DetectorContract<>(() -> rules, subject.part(), subject.state());
        // A sensor that said nothing more is missed until another is heard for long.
        return (subject.feed() == Subject.Feed.ALL_SENSORS ? contract.withoutEnd() : contract)
                .check(parts, seed)
                .values();
    }

    /** With lists and a limit, without which two rules have nothing to tell. */
    private static JobSettings settings() {
        Limit pings = new Limit(
                "icmp-per-second", Limit.Count.ICMP, Duration.ofSeconds(1), 3, List.of(), 32, 128, Severity.LOW);
        RateLimit.Settings limits = new RateLimit.Settings(List.of(pings), Duration.ofSeconds(60));
        return new JobSettings(AlertPolicy.DEFAULT, Map.of(RateLimit.RULE, new RuleChoice(true, limits)), listed());
    }

    private static <K, P extends Part<K, P>, S> List<byte[]> parts(
            Subject<K, P, S> subject, JobSettings settings, List<PacketBatch> batches) {
        List<byte[]> parts = new ArrayList<>();
        Consumer<P> writer = part -> parts.add(DetectorContract.bytes(subject.part(), part));
        fold(batches, new RuleFolds(settings, new Told() {
            @Override
            @SuppressWarnings("unchecked") // The same subject has the same parts.
            public <Q extends Part<?, Q>> Consumer<Q> parts(Subject<?, Q, ?> other) {
                return other.equals(subject) ? (Consumer<Q>) writer : part -> {};
            }
        }));
        return parts;
    }

    /** What actors probed without success, as the rules about these tell it. */
    private static List<byte[]> probed(List<PacketBatch> batches) {
        List<byte[]> parts = new ArrayList<>();
        Hosted<Address, Activity, ActorState> rules =
                Rules.aboutActors().hosted(probes -> parts.add(DetectorContract.bytes(TargetProbes.CODEC, probes)));
        LocalHost<Address, Activity, ActorState> actors =
                new LocalHost<>(ActorRules.UID, rules, ActorRules.MOST, finding -> {}, late -> {});
        fold(batches, new RuleFolds(JobSettings.DEFAULT, new Told() {
            @Override
            public void activity(Activity activity) {
                actors.add(activity);
            }
        }));
        actors.advance(Long.MAX_VALUE - 1);
        return parts;
    }

    private static void fold(List<PacketBatch> batches, RuleFolds folds) {
        for (PacketBatch batch : batches) {
            folds.add(batch, Math.floorDiv(batch.getNewest(), 1_000L));
            folds.flushThrough(Long.MIN_VALUE);
        }
        folds.flush();
    }

    /** What two sensors tell of the same, or for rules about sensors, of themselves. */
    private static List<PacketBatch> traffic(String rule) throws IOException {
        if (rule.equals(SensorHealth.RULE)) {
            return heartbeats();
        }
        String capture = CAPTURES.get(rule);
        assertThat(capture).as("a capture of which %s tells", rule).isNotNull();
        return SampleBatches.of(Objects.requireNonNull(capture), "one", "two");
    }

    /** Two sensors, of which one loses packets and then is silent. */
    private static List<PacketBatch> heartbeats() {
        List<PacketBatch> batches = new ArrayList<>();
        for (int second = 0; second < 150; second++) {
            for (String sensor : List.of("one", "two")) {
                if (sensor.equals("one") || second < 30) {
                    batches.add(heartbeat(sensor, second));
                }
            }
        }
        return batches;
    }

    private static PacketBatch heartbeat(String sensor, int second) {
        PacketBatch batch = new PacketBatch();
        batch.setSensor(sensor);
        batch.setRun(1);
        batch.setSequence((long) second);
        batch.setTime((START + second) * 1_000_000);
        batch.setNewest(batch.getTime() + 500_000);
        batch.setSentAt(batch.getNewest());
        batch.setPackets(1_000L);
        batch.setSegment("");
        batch.setVersion("");
        batch.setProtocols(List.of());
        batch.setUnread(List.of());
        batch.setRecords(List.of());
        batch.setVolumes(List.of());
        batch.setDropped(sensor.equals("two") && second > 10 ? 500 : 0);
        return batch;
    }

    /** A host of the sample. */
    private static IntelIndex listed() {
        IntelIndex.Builder index = new IntelIndex.Builder();
        index.list(new IntelList("feed", "c2"));
        index.add(Traffic.address("192.168.100.99"), 32);
        return index.build();
    }

    /** Takes nothing. */
    private interface Told extends RuleFolds.Output {
        @Override
        default void activity(Activity activity) {}

        @Override
        default <P extends Part<?, P>> Consumer<P> parts(Subject<?, P, ?> subject) {
            return part -> {};
        }

        @Override
        default void minute(TrafficMinute minute) {}

        @Override
        default void event(IndicatorEvent event) {}
    }
}
