package io.tripline.rules.flood.syn;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.flood.FloodTargets;

/** The rule that finds floods of TCP handshakes. */
public final class SynFloodRule {
    public static final SubjectRule<SynFlood.Settings> DEFINITION = FloodTargets.rule(
            SynFlood.Settings.DEFAULT,
            SynFlood.RULE,
            "SYN flood",
            "TCP handshakes are begun at a target far faster than usual, and who begins them never completes them.",
            AttackTechnique.OS_EXHAUSTION_FLOOD,
            66,
            FloodTargets.HIGH_AT_MOST);

    private SynFloodRule() {}
}
