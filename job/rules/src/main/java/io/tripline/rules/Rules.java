package io.tripline.rules;

import io.tripline.rules.alert.RuleCatalogue;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.RuleSettings;
import io.tripline.rules.flood.connection.ConnectionFloodRule;
import io.tripline.rules.flood.icmp.IcmpFloodRule;
import io.tripline.rules.flood.syn.SynFloodRule;
import io.tripline.rules.flood.udp.UdpFloodRule;
import io.tripline.rules.incident.Detail;
import io.tripline.rules.intel.IntelMatchRule;
import io.tripline.rules.probe.ActorDetector;
import io.tripline.rules.probe.ActorRule;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.bruteforce.BruteForceRule;
import io.tripline.rules.probe.distributedscan.DistributedScanRule;
import io.tripline.rules.probe.hostsweep.HostSweepRule;
import io.tripline.rules.probe.osfingerprint.OsFingerprintRule;
import io.tripline.rules.probe.portscan.PortScanRule;
import io.tripline.rules.probe.slowscan.SlowScanRule;
import io.tripline.rules.ratelimit.RateLimitRule;
import io.tripline.rules.sensor.SensorHealthRule;
import io.tripline.rules.spoof.ArpSpoofRule;
import io.tripline.rules.tunnel.dns.DnsTunnelRule;
import io.tripline.rules.tunnel.icmp.IcmpTunnelRule;
import io.tripline.rules.volume.VolumeOutlierRule;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rules, one line for each; all else that is known of them follows from these lines. */
public final class Rules {
    /** In the order in which rules about actors report. */
    public static final List<Rule<?>> ALL = List.of(
            PortScanRule.DEFINITION,
            HostSweepRule.DEFINITION,
            SlowScanRule.DEFINITION,
            OsFingerprintRule.DEFINITION,
            BruteForceRule.DEFINITION,
            DistributedScanRule.DEFINITION,
            SynFloodRule.DEFINITION,
            UdpFloodRule.DEFINITION,
            IcmpFloodRule.DEFINITION,
            ConnectionFloodRule.DEFINITION,
            ArpSpoofRule.DEFINITION,
            IcmpTunnelRule.DEFINITION,
            DnsTunnelRule.DEFINITION,
            VolumeOutlierRule.DEFINITION,
            IntelMatchRule.DEFINITION,
            RateLimitRule.DEFINITION,
            SensorHealthRule.DEFINITION);

    /** What there is to say about each. */
    public static final RuleCatalogue CATALOGUE =
            new RuleCatalogue(ALL.stream().map(Rule::description).toList());

    private static final Map<Integer, Detail.Kind> DETAILS = details();

    private Rules() {}

    private static Map<Integer, Detail.Kind> details() {
        Map<Integer, Detail.Kind> kinds = new HashMap<>();
        for (Rule<?> rule : ALL) {
            for (Detail.Kind kind : rule.details()) {
                Detail.Kind other = kinds.put(kind.code(), kind);
                if (kind.code() == Detail.NONE.code() || (other != null && !other.equals(kind))) {
                    throw new IllegalStateException("two details have the number " + kind.code());
                }
            }
        }
        return kinds;
    }

    /** The rule of that id; null where there is none. */
    public static @Nullable Rule<?> find(String id) {
        return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst().orElse(null);
    }

    /** Reads what a finding of any rule carries, see {@link Detail.Reader#read}. */
    public static Detail readDetail(int code, DataInput in) throws IOException {
        if (code == Detail.NONE.code()) {
            return Detail.NONE;
        }
        Detail.Kind kind = DETAILS.get(code);
        if (kind == null) {
            throw new IOException("no detail has the number " + code);
        }
        return kind.body().read(in);
    }

    /** The detectors of the rules about actors that are on. */
    public static List<ActorDetector<?>> aboutActors(RuleSettings settings, DecisionTrace trace) {
        List<ActorDetector<?>> detectors = new ArrayList<>();
        for (Rule<?> rule : ALL) {
            if (rule instanceof ActorRule<?> actors && settings.isOn(rule.id())) {
                detectors.add(actors.detector(settings, trace));
            }
        }
        return detectors;
    }

    /** All rules about actors with their default thresholds. */
    public static ActorRules aboutActors() {
        return new ActorRules(aboutActors(JobSettings.DEFAULT, DecisionTrace.NONE));
    }
}
