package io.tripline.rules.flood;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.codec.BasicCodecs;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.flood.connection.ConnectionFloodRule;
import io.tripline.rules.flood.icmp.IcmpFloodRule;
import io.tripline.rules.flood.syn.SynFloodRule;
import io.tripline.rules.flood.udp.UdpFloodRule;
import io.tripline.schemas.Address;

/** What all rules about floods share: the targets, and one detector that sees what comes to each. */
public final class FloodTargets {
    /** A flood may be a service that many want: never critical by itself. */
    public static final int HIGH_AT_MOST = Severity.CRITICAL.number() - 1;

    /** Targets, by what comes to them. */
    public static final Subject<Address, Inflow, FloodState> SUBJECT = new Subject<>(
            Floods.UID,
            "rules about targets",
            Feed.RECORDS,
            BasicCodecs.ADDRESS,
            Inflow.CODEC,
            SubjectState.codec("flood-state", 1, Floods.defaults(), Inflow.CODEC),
            (settings, parts) -> new InflowFold(parts),
            (settings, trace) -> new Floods(
                    settings.thresholds(SynFloodRule.DEFINITION),
                    settings.thresholds(UdpFloodRule.DEFINITION),
                    settings.thresholds(IcmpFloodRule.DEFINITION),
                    settings.thresholds(ConnectionFloodRule.DEFINITION),
                    trace));

    private FloodTargets() {}

    /** A rule about floods at a target. */
    public static <S extends Record> SubjectRule<S> rule(
            S defaults,
            String id,
            String name,
            String description,
            AttackTechnique attack,
            int baseRisk,
            int highestRisk) {
        return new SubjectRule<>(
                defaults,
                new RuleDescription(
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
                        FloodFields::of),
                SUBJECT,
                FloodEvidence.KIND);
    }
}
