package io.tripline.job.incident;

import io.tripline.job.detect.HostSweep;
import io.tripline.job.detect.PortScan;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Descriptions of all rules. */
public final class RuleCatalogue {
    /** A scan is not yet damage: no scan is critical by itself. */
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    /** The rules that Tripline has. */
    public static final RuleCatalogue DEFAULT = new RuleCatalogue(List.of(
            new RuleDescription(
                    PortScan.RULE,
                    "Port scan",
                    1,
                    "One source probes many ports or IP protocols of a target, and most do not answer; or it mixes techniques that no"
                            + " ordinary program uses.",
                    AttackTechnique.NETWORK_SERVICE_DISCOVERY,
                    AttackTechnique.SCANNING_IP_BLOCKS,
                    Severity.MEDIUM.number(),
                    HIGH_AT_MOST,
                    ScanMessage::ofPortScan,
                    ScanScore::of,
                    ScanActions::of),
            new RuleDescription(
                    HostSweep.RULE,
                    "Host sweep",
                    1,
                    "One source tries one service, ICMP, ARP or neighbour solicitation on many hosts, and too many do not answer.",
                    AttackTechnique.REMOTE_SYSTEM_DISCOVERY,
                    AttackTechnique.SCANNING_IP_BLOCKS,
                    40,
                    HIGH_AT_MOST,
                    ScanMessage::ofHostSweep,
                    ScanScore::of,
                    ScanActions::of)));

    private final SortedMap<String, RuleDescription> rules = new TreeMap<>();

    /**
     * A catalogue of these rules.
     *
     * @throws IllegalArgumentException if two have the same id
     */
    public RuleCatalogue(Collection<RuleDescription> descriptions) {
        for (RuleDescription rule : descriptions) {
            if (rules.put(rule.id(), rule) != null) {
                throw new IllegalArgumentException("two rules are called " + rule.id());
            }
        }
    }

    /**
     * The description of a rule.
     *
     * @throws IllegalArgumentException if there is none
     */
    public RuleDescription rule(String id) {
        RuleDescription rule = rules.get(id);
        if (rule == null) {
            throw new IllegalArgumentException("no rule is called " + id + "; known are " + rules.keySet());
        }
        return rule;
    }

    /** All of them, by id. */
    public Collection<RuleDescription> all() {
        return List.copyOf(rules.values());
    }
}
