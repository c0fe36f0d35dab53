package io.tripline.rules;

import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.Trials;
import io.tripline.rules.flood.Floods;
import io.tripline.rules.flood.connection.ConnectionFlood;
import io.tripline.rules.flood.icmp.IcmpFlood;
import io.tripline.rules.flood.syn.SynFlood;
import io.tripline.rules.flood.udp.UdpFlood;
import io.tripline.rules.intel.IntelMatch;
import io.tripline.rules.probe.ActorDetector;
import io.tripline.rules.probe.bruteforce.BruteForce;
import io.tripline.rules.probe.distributedscan.DistributedScan;
import io.tripline.rules.probe.hostsweep.HostSweep;
import io.tripline.rules.probe.osfingerprint.OsFingerprint;
import io.tripline.rules.probe.portscan.PortScan;
import io.tripline.rules.probe.slowscan.SlowScan;
import io.tripline.rules.sensor.SensorHealth;
import io.tripline.rules.spoof.ArpSpoof;
import io.tripline.rules.tunnel.dns.DnsTunnel;
import io.tripline.rules.tunnel.icmp.IcmpTunnel;
import io.tripline.rules.volume.VolumeOutlier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rules, one line for each: its id, its thresholds by default, and who makes its detector. */
public final class Rules {
    /** In the order in which rules about actors report. */
    public static final List<Rule<?>> ALL = List.of(
            Rule.aboutActors(PortScan.RULE, PortScan.Settings.DEFAULT, PortScan::new),
            Rule.aboutActors(HostSweep.RULE, HostSweep.Settings.DEFAULT, HostSweep::new),
            Rule.aboutActors(SlowScan.RULE, SlowScan.Settings.DEFAULT, SlowScan::new),
            Rule.aboutActors(OsFingerprint.RULE, OsFingerprint.Settings.DEFAULT, OsFingerprint::new),
            Rule.aboutActors(BruteForce.RULE, BruteForce.Settings.DEFAULT, BruteForce::new),
            Rule.aboutSubjects(DistributedScan.RULE, DistributedScan.Settings.DEFAULT, DistributedScan.UID),
            Rule.aboutSubjects(SynFlood.RULE, SynFlood.Settings.DEFAULT, Floods.UID),
            Rule.aboutSubjects(UdpFlood.RULE, UdpFlood.Settings.DEFAULT, Floods.UID),
            Rule.aboutSubjects(IcmpFlood.RULE, IcmpFlood.Settings.DEFAULT, Floods.UID),
            Rule.aboutSubjects(ConnectionFlood.RULE, ConnectionFlood.Settings.DEFAULT, Floods.UID),
            Rule.aboutSubjects(ArpSpoof.RULE, ArpSpoof.Settings.DEFAULT, ArpSpoof.UID),
            Rule.aboutSubjects(IcmpTunnel.RULE, IcmpTunnel.Settings.DEFAULT, IcmpTunnel.UID),
            Rule.aboutSubjects(DnsTunnel.RULE, DnsTunnel.Settings.DEFAULT, DnsTunnel.UID),
            Rule.aboutSubjects(VolumeOutlier.RULE, VolumeOutlier.Settings.DEFAULT, VolumeOutlier.UID),
            Rule.aboutSubjects(IntelMatch.RULE, IntelMatch.Settings.DEFAULT, IntelMatch.UID),
            Rule.aboutSubjects(SensorHealth.RULE, SensorHealth.Settings.DEFAULT, SensorHealth.UID));

    /** Says which rules are on, with which thresholds. */
    public interface Choice {
        /** All rules as they are. */
        Choice DEFAULT = new Choice() {};

        default boolean isOn(String rule) {
            return true;
        }

        /** The thresholds of a rule, of the same type as its defaults. */
        default <S extends Record> S thresholds(Rule<S> rule) {
            return rule.defaults();
        }
    }

    private Rules() {}

    /** The rule of that id; null where there is none. */
    public static @Nullable Rule<?> find(String id) {
        return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst().orElse(null);
    }

    /** The detectors of the rules about actors that are on. */
    public static List<ActorDetector<?>> aboutActors(Choice choice, Trials trials) {
        List<ActorDetector<?>> detectors = new ArrayList<>();
        for (Rule<?> rule : ALL) {
            ActorDetector<?> detector = choice.isOn(rule.id()) ? detector(rule, choice, trials) : null;
            if (detector != null) {
                detectors.add(detector);
            }
        }
        return detectors;
    }

    private static <S extends Record> @Nullable ActorDetector<?> detector(Rule<S> rule, Choice choice, Trials trials) {
        Rule.ActorMaker<S> maker = rule.actor();
        return maker == null ? null : maker.detector(choice.thresholds(rule), trials);
    }
}
