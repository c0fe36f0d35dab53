package io.tripline.rules.flood.udp;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.flood.FloodTargets;

/** The rule that finds floods of datagrams. */
public final class UdpFloodRule {
    public static final SubjectRule<UdpFlood.Settings> DEFINITION = FloodTargets.rule(
            UdpFlood.Settings.DEFAULT,
            UdpFlood.RULE,
            "UDP flood",
            "Datagrams come to a target far faster than usual and next to nothing goes back, or many servers send answers"
                    + " that nobody asked for.",
            AttackTechnique.DIRECT_NETWORK_FLOOD,
            62,
            FloodTargets.HIGH_AT_MOST);

    private UdpFloodRule() {}
}
