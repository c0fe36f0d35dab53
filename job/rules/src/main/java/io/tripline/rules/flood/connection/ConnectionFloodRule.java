package io.tripline.rules.flood.connection;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.flood.FloodTargets;

/** The rule that finds floods of complete connections. */
public final class ConnectionFloodRule {
    /** Proxies without persistent connections do the same for honest reasons. */
    private static final int MEDIUM_AT_MOST = Severity.HIGH.number() - 1;

    public static final SubjectRule<ConnectionFlood.Settings> DEFINITION = FloodTargets.rule(
            ConnectionFlood.Settings.DEFAULT,
            ConnectionFlood.RULE,
            "Connection flood",
            "A few sources open complete TCP connections to a target far faster than clients do.",
            AttackTechnique.SERVICE_EXHAUSTION_FLOOD,
            54,
            MEDIUM_AT_MOST);

    private ConnectionFloodRule() {}
}
