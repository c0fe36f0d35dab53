package io.tripline.rules.tunnel.dns;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.tunnel.TunnelActions;
import io.tripline.rules.tunnel.TunnelFields;
import io.tripline.rules.tunnel.TunnelMessage;
import io.tripline.rules.tunnel.TunnelScore;

/** The rule that finds data in DNS. */
public final class DnsTunnelRule {
    /** A tunnel may be somebody's way around a hotel's portal: never critical by itself. */
    private static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    /** Clients with the domains under which they ask for names. */
    public static final Subject<ClientDomain, NameActivity, NameHistory> SUBJECT = new Subject<>(
            DnsTunnel.UID,
            "rules about clients and domains",
            Feed.RECORDS,
            ClientDomain.CODEC,
            NameActivity.CODEC,
            SubjectState.codec("name-state", 1, new DnsTunnel(DnsTunnel.Settings.DEFAULT), NameActivity.CODEC),
            (settings, parts) -> new NameFold(parts),
            (settings, trace) -> new DnsTunnel(settings.thresholds(DnsTunnelRule.DEFINITION), trace));

    public static final SubjectRule<DnsTunnel.Settings> DEFINITION = new SubjectRule<>(
            DnsTunnel.Settings.DEFAULT,
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
                    TunnelFields::ofDns),
            SUBJECT,
            NameDetail.KIND);

    private DnsTunnelRule() {}
}
