package io.tripline.rules.spoof;

import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import java.util.List;

/** What there is to say about the rule that finds claims of others' addresses. */
public final class SpoofRules {
    public static final List<RuleDescription> DESCRIPTIONS = List.of(new RuleDescription(
            ArpSpoof.RULE,
            "ARP or neighbour discovery spoofing",
            1,
            "A device claims addresses of others on its segment by ARP or IPv6 neighbour discovery, so that traffic meant for them comes to it.",
            AttackTechnique.ARP_CACHE_POISONING,
            AttackTechnique.ARP_CACHE_POISONING,
            35,
            Severity.CRITICAL.number() - 1,
            SpoofMessage::of,
            SpoofScore::of,
            SpoofActions::of,
            false,
            SpoofFields::write));

    private SpoofRules() {}
}
