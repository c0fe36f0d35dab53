package io.tripline.rules.flood.icmp;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.flood.FloodTargets;

/** The rule that finds floods of ICMP. */
public final class IcmpFloodRule {
    public static final SubjectRule<IcmpFlood.Settings> DEFINITION = FloodTargets.rule(
            IcmpFlood.Settings.DEFAULT,
            IcmpFlood.RULE,
            "ICMP flood",
            "ICMP queries, or replies that nobody asked for, come to a target far faster than anybody pings.",
            AttackTechnique.DIRECT_NETWORK_FLOOD,
            62,
            FloodTargets.HIGH_AT_MOST);

    private IcmpFloodRule() {}
}
