package io.tripline.rules.alert;

import io.tripline.rules.flood.FloodRules;
import io.tripline.rules.intel.IntelRules;
import io.tripline.rules.probe.ScanRules;
import io.tripline.rules.probe.bruteforce.LoginRules;
import io.tripline.rules.sensor.SensorRules;
import io.tripline.rules.spoof.SpoofRules;
import io.tripline.rules.tunnel.TunnelRules;
import io.tripline.rules.volume.VolumeRules;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Descriptions of all rules. */
public final class RuleCatalogue {
    /** The rules that Tripline has. */
    public static final RuleCatalogue DEFAULT = new RuleCatalogue(Stream.of(
                    ScanRules.DESCRIPTIONS,
                    LoginRules.DESCRIPTIONS,
                    FloodRules.DESCRIPTIONS,
                    SpoofRules.DESCRIPTIONS,
                    TunnelRules.DESCRIPTIONS,
                    SensorRules.DESCRIPTIONS,
                    VolumeRules.DESCRIPTIONS,
                    IntelRules.DESCRIPTIONS)
            .flatMap(List::stream)
            .toList());

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
