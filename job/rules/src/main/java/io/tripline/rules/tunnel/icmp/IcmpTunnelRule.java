package io.tripline.rules.tunnel.icmp;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.network.HostPair;
import io.tripline.rules.tunnel.TunnelActions;
import io.tripline.rules.tunnel.TunnelFields;
import io.tripline.rules.tunnel.TunnelMessage;
import io.tripline.rules.tunnel.TunnelScore;

/** The rule that finds data in ICMP echo. */
public final class IcmpTunnelRule {
    /** A tunnel may be somebody's way around a hotel's portal: never critical by itself. */
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    /** Pairs of hosts, by the ICMP echo between them. */
    public static final Subject<HostPair, EchoActivity, EchoHistory> SUBJECT = new Subject<>(
            IcmpTunnel.UID,
            "rules about pairs that exchange echo",
            Feed.RECORDS,
            HostPair.CODEC,
            EchoActivity.CODEC,
            SubjectState.codec("echo-state", 1, new IcmpTunnel(IcmpTunnel.Settings.DEFAULT), EchoActivity.CODEC),
            (settings, parts) -> new EchoFold(parts),
            (settings, trace) -> new IcmpTunnel(settings.thresholds(IcmpTunnelRule.DEFINITION), trace));

    public static final SubjectRule<IcmpTunnel.Settings> DEFINITION = new SubjectRule<>(
            IcmpTunnel.Settings.DEFAULT,
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
            SUBJECT,
            EchoDetail.KIND);

    private IcmpTunnelRule() {}
}
