package io.tripline.rules;

import io.tripline.rules.Subject.Feed;
import io.tripline.rules.codec.BasicCodecs;
import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.engine.Trials;
import io.tripline.rules.flood.FloodState;
import io.tripline.rules.flood.Floods;
import io.tripline.rules.flood.Inflow;
import io.tripline.rules.flood.InflowFold;
import io.tripline.rules.flood.connection.ConnectionFlood;
import io.tripline.rules.flood.icmp.IcmpFlood;
import io.tripline.rules.flood.syn.SynFlood;
import io.tripline.rules.flood.udp.UdpFlood;
import io.tripline.rules.intel.IntelContact;
import io.tripline.rules.intel.IntelFold;
import io.tripline.rules.intel.IntelKey;
import io.tripline.rules.intel.IntelMatch;
import io.tripline.rules.network.HostPair;
import io.tripline.rules.probe.distributedscan.DistributedScan;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.sensor.ListedSensors;
import io.tripline.rules.sensor.PresenceFold;
import io.tripline.rules.sensor.PresenceSecond;
import io.tripline.rules.sensor.SensorFold;
import io.tripline.rules.sensor.SensorHealth;
import io.tripline.rules.sensor.SensorPresence;
import io.tripline.rules.sensor.SensorSecond;
import io.tripline.rules.spoof.ArpSpoof;
import io.tripline.rules.spoof.Segment;
import io.tripline.rules.spoof.SegmentFold;
import io.tripline.rules.spoof.SegmentHistory;
import io.tripline.rules.spoof.SegmentSecond;
import io.tripline.rules.traffic.SegmentVolumes;
import io.tripline.rules.tunnel.dns.ClientDomain;
import io.tripline.rules.tunnel.dns.DnsTunnel;
import io.tripline.rules.tunnel.dns.NameActivity;
import io.tripline.rules.tunnel.dns.NameFold;
import io.tripline.rules.tunnel.dns.NameHistory;
import io.tripline.rules.tunnel.icmp.EchoActivity;
import io.tripline.rules.tunnel.icmp.EchoFold;
import io.tripline.rules.tunnel.icmp.EchoHistory;
import io.tripline.rules.tunnel.icmp.IcmpTunnel;
import io.tripline.rules.volume.VolumeOutlier;
import io.tripline.rules.volume.VolumeState;
import io.tripline.schemas.Address;
import java.util.List;

/** All kinds of subject that rules are about, besides actors. */
public final class Subjects {
    /** Targets whose services sources try without success. */
    public static final Subject<Address, TargetProbes, DistributedScan.State> PROBED_TARGETS = new Subject<>(
            DistributedScan.UID,
            "rules about scanned targets",
            Feed.ACTORS,
            BasicCodecs.ADDRESS,
            TargetProbes.CODEC,
            SubjectState.codec(
                    "target-state", 1, new DistributedScan(DistributedScan.Settings.DEFAULT), TargetProbes.CODEC),
            (settings, parts) -> Fold.NONE,
            (settings, trials) -> new DistributedScan(
                    settings.thresholds(DistributedScan.RULE, DistributedScan.Settings.class), trials));

    /** Targets, by what comes to them. */
    public static final Subject<Address, Inflow, FloodState> TARGETS = new Subject<>(
            Floods.UID,
            "rules about targets",
            Feed.RECORDS,
            BasicCodecs.ADDRESS,
            Inflow.CODEC,
            SubjectState.codec("flood-state", 1, Floods.defaults(), Inflow.CODEC),
            (settings, parts) -> new InflowFold(parts),
            (settings, trials) -> new Floods(
                    settings.thresholds(SynFlood.RULE, SynFlood.Settings.class),
                    settings.thresholds(UdpFlood.RULE, UdpFlood.Settings.class),
                    settings.thresholds(IcmpFlood.RULE, IcmpFlood.Settings.class),
                    settings.thresholds(ConnectionFlood.RULE, ConnectionFlood.Settings.class),
                    trials));

    /** Network segments, by who claims which address. */
    public static final Subject<Segment, SegmentSecond, SegmentHistory> SEGMENTS = new Subject<>(
            ArpSpoof.UID,
            "rules about segments",
            Feed.RECORDS,
            Segment.CODEC,
            SegmentSecond.CODEC,
            SubjectState.codec("segment-state", 1, new ArpSpoof(ArpSpoof.Settings.DEFAULT), SegmentSecond.CODEC),
            (settings, parts) -> new SegmentFold(parts),
            (settings, trials) -> new ArpSpoof(settings.thresholds(ArpSpoof.RULE, ArpSpoof.Settings.class), trials));

    /** Pairs of hosts, by the ICMP echo between them. */
    public static final Subject<HostPair, EchoActivity, EchoHistory> ECHO_PAIRS = new Subject<>(
            IcmpTunnel.UID,
            "rules about pairs that exchange echo",
            Feed.RECORDS,
            HostPair.CODEC,
            EchoActivity.CODEC,
            SubjectState.codec("echo-state", 1, new IcmpTunnel(IcmpTunnel.Settings.DEFAULT), EchoActivity.CODEC),
            (settings, parts) -> new EchoFold(parts),
            (settings, trials) ->
                    new IcmpTunnel(settings.thresholds(IcmpTunnel.RULE, IcmpTunnel.Settings.class), trials));

    /** Clients with the domains under which they ask for names. */
    public static final Subject<ClientDomain, NameActivity, NameHistory> CLIENT_DOMAINS = new Subject<>(
            DnsTunnel.UID,
            "rules about clients and domains",
            Feed.RECORDS,
            ClientDomain.CODEC,
            NameActivity.CODEC,
            SubjectState.codec("name-state", 1, new DnsTunnel(DnsTunnel.Settings.DEFAULT), NameActivity.CODEC),
            (settings, parts) -> new NameFold(parts),
            (settings, trials) -> new DnsTunnel(settings.thresholds(DnsTunnel.RULE, DnsTunnel.Settings.class), trials));

    /** Network segments by what they carry. */
    public static final Subject<String, SegmentVolumes, VolumeState> VOLUMES = new Subject<>(
            VolumeOutlier.UID,
            "rules about volume",
            Feed.TRAFFIC,
            BasicCodecs.NAME,
            SegmentVolumes.CODEC,
            SubjectState.codec(
                    "volume-state", 1, new VolumeOutlier(VolumeOutlier.Settings.DEFAULT), SegmentVolumes.CODEC),
            (settings, parts) -> Fold.NONE,
            (settings, trials) ->
                    new VolumeOutlier(settings.thresholds(VolumeOutlier.RULE, VolumeOutlier.Settings.class), trials));

    /** Contacts with what is listed; the lists are in the settings. */
    public static final Subject<IntelKey, IntelContact, IntelMatch.State> LISTED = new Subject<>(
            IntelMatch.UID,
            "rule about listed addresses and domains",
            Feed.RECORDS,
            IntelKey.CODEC,
            IntelContact.CODEC,
            SubjectState.codec("intel-state", 1, new IntelMatch(IntelMatch.Settings.DEFAULT), IntelContact.CODEC),
            (settings, parts) -> new IntelFold(settings.intel(), parts),
            (settings, trials) ->
                    new IntelMatch(settings.thresholds(IntelMatch.RULE, IntelMatch.Settings.class), trials));

    /** Sensors as they report, each for itself. */
    public static final Subject<String, SensorSecond, SensorHealth.State> SENSORS = new Subject<>(
            SensorHealth.UID,
            "rules about sensors",
            Feed.RECORDS,
            BasicCodecs.NAME,
            SensorSecond.CODEC,
            SubjectState.codec("sensor-state", 1, new SensorHealth(SensorHealth.Settings.DEFAULT), SensorSecond.CODEC),
            (settings, parts) -> new SensorFold(parts),
            (settings, trials) ->
                    new SensorHealth(settings.thresholds(SensorHealth.RULE, SensorHealth.Settings.class), trials));

    /** All sensors together: who is there. */
    public static final Subject<String, PresenceSecond, SensorPresence.State> ALL_SENSORS = new Subject<>(
            SensorPresence.UID,
            "rules about who is silent",
            Feed.ALL_SENSORS,
            BasicCodecs.NAME,
            PresenceSecond.CODEC,
            SubjectState.codec(
                    "presence-state",
                    1,
                    new SensorPresence(SensorHealth.Settings.DEFAULT, ListedSensors.NONE, Trials.NONE),
                    PresenceSecond.CODEC),
            (settings, parts) -> new PresenceFold(parts),
            (settings, trials) -> new SensorPresence(
                    settings.thresholds(SensorHealth.RULE, SensorHealth.Settings.class), settings.sensors(), trials));

    public static final List<Subject<?, ?, ?>> ALL = List.of(
            PROBED_TARGETS, TARGETS, SEGMENTS, ECHO_PAIRS, CLIENT_DOMAINS, VOLUMES, LISTED, SENSORS, ALL_SENSORS);

    private Subjects() {}

    /** Those of which a rule is on; the others are not even folded. */
    public static List<Subject<?, ?, ?>> on(JobSettings settings) {
        return ALL.stream().filter(subject -> settings.isAnyOn(subject.uid())).toList();
    }
}
