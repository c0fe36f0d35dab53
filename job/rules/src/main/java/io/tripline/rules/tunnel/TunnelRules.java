package io.tripline.rules.tunnel;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.tunnel.dns.DnsTunnel;
import io.tripline.rules.tunnel.icmp.IcmpTunnel;
import java.util.List;

/** What there is to say about the rules that find data in protocols made for something else. */
public final class TunnelRules {
    /** A tunnel may be somebody's way around a hotel's portal: never critical by itself. */
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    public static final List<RuleDescription> DESCRIPTIONS = List.of(
            new RuleDescription(
                    IcmpTunnel.RULE,
                    "ICMP tunnel",
                    1,
                    "Two hosts exchange data in ICMP echo messages: payloads that change from packet to packet and are no ping's pattern.",
                    AttackTechnique.NON_APPLICATION_LAYER_PROTOCOL,
                    AttackTechnique.NON_APPLICATION_LAYER_PROTOCOL,
                    Severity.MEDIUM.number(),
                    HIGH_AT_MOST,
                    TunnelMessage::ofIcmp,
                    TunnelScore::ofIcmp,
                    TunnelActions::ofIcmp,
                    false,
                    TunnelFields::ofIcmp),
            new RuleDescription(
                    DnsTunnel.RULE,
                    "DNS tunnel",
                    1,
                    "A client asks for ever new names under one domain, and the names look like encoded data.",
                    AttackTechnique.APPLICATION_LAYER_DNS,
                    AttackTechnique.APPLICATION_LAYER_DNS,
                    Severity.MEDIUM.number(),
                    HIGH_AT_MOST,
                    TunnelMessage::ofDns,
                    TunnelScore::ofDns,
                    TunnelActions::ofDns,
                    false,
                    TunnelFields::ofDns));

    private TunnelRules() {}
}
