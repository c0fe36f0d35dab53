package io.tripline.rules.flood;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.flood.connection.ConnectionFlood;
import io.tripline.rules.flood.icmp.IcmpFlood;
import io.tripline.rules.flood.syn.SynFlood;
import io.tripline.rules.flood.udp.UdpFlood;
import java.util.List;

/** What there is to say about the rules that find floods. */
public final class FloodRules {
    /** Proxies without persistent connections do the same for honest reasons. */
    private static final int MEDIUM_AT_MOST = Severity.HIGH.number() - 1;

    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    public static final List<RuleDescription> DESCRIPTIONS = List.of(
            rule(
                    SynFlood.RULE,
                    "SYN flood",
                    "TCP handshakes are begun at a target far faster than usual, and who begins them never completes them.",
                    AttackTechnique.OS_EXHAUSTION_FLOOD,
                    66,
                    HIGH_AT_MOST),
            rule(
                    UdpFlood.RULE,
                    "UDP flood",
                    "Datagrams come to a target far faster than usual and next to nothing goes back, or many servers send answers"
                            + " that nobody asked for.",
                    AttackTechnique.DIRECT_NETWORK_FLOOD,
                    62,
                    HIGH_AT_MOST),
            rule(
                    IcmpFlood.RULE,
                    "ICMP flood",
                    "ICMP queries, or replies that nobody asked for, come to a target far faster than anybody pings.",
                    AttackTechnique.DIRECT_NETWORK_FLOOD,
                    62,
                    HIGH_AT_MOST),
            rule(
                    ConnectionFlood.RULE,
                    "Connection flood",
                    "A few sources open complete TCP connections to a target far faster than clients do.",
                    AttackTechnique.SERVICE_EXHAUSTION_FLOOD,
                    54,
                    MEDIUM_AT_MOST));

    private FloodRules() {}

    private static RuleDescription rule(
            String id, String name, String description, AttackTechnique attack, int baseRisk, int highestRisk) {
        return new RuleDescription(
                id,
                name,
                1,
                description,
                attack,
                attack,
                baseRisk,
                highestRisk,
                FloodMessage::of,
                FloodScore::of,
                FloodActions::of,
                true,
                FloodFields::write);
    }
}
