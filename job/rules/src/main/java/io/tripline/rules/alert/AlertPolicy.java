package io.tripline.rules.alert;

import io.tripline.rules.alert.Score.Part;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.Address;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What settings say about alerts: what is inside, what matters, what is allowed, which rules' severity is fixed.
 *
 * @param severities by rule, in place of what the score gives
 */
public record AlertPolicy(Zones zones, List<Asset> assets, List<AllowEntry> allow, Map<String, Severity> severities)
        implements Serializable {
    /** Private networks are inside, nothing is allowed or fixed. */
    public static final AlertPolicy DEFAULT = new AlertPolicy(Zones.DEFAULT, List.of(), List.of(), Map.of());

    public AlertPolicy {
        assets = List.copyOf(assets);
        allow = List.copyOf(allow);
        severities = Map.copyOf(severities);
    }

    /** The first entry that allows all of a finding; null where none does. */
    @Nullable
    public AllowEntry allowing(RuleDescription rule, Finding finding) {
        return first(rule, finding, false);
    }

    /** The first entry that would allow all of a finding, had it not lapsed before; null where there is none. */
    @Nullable
    public AllowEntry lapsed(RuleDescription rule, Finding finding) {
        return first(rule, finding, true);
    }

    private @Nullable AllowEntry first(RuleDescription rule, Finding finding, boolean lapsed) {
        for (AllowEntry entry : allow) {
            if (entry.hasLapsed(finding) == lapsed && entry.covers(rule, finding)) {
                return entry;
            }
        }
        return null;
    }

    /** The score with what the most critical target adds; never above the highest risk of the rule. */
    public Score weighTargets(RuleDescription rule, Finding finding, Score score) {
        Collection<Address> targets = rule.aboutTarget() ? List.of(finding.actor()) : finding.hostSample();
        Asset worst = null;
        for (Asset asset : assets) {
            if ((worst == null
                            || asset.criticality().points()
                                    > worst.criticality().points())
                    && targets.stream().anyMatch(asset.network()::contains)) {
                worst = asset;
            }
        }
        if (worst == null || worst.criticality().points() == 0) {
            return score;
        }
        List<Part> parts = new ArrayList<>(score.riskParts());
        parts.add(new Part(
                worst.criticality().id() + " asset " + worst.name(),
                worst.criticality().points()));
        return Score.of(parts, rule.highestRisk(), score.confidenceParts());
    }
}
