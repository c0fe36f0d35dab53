package io.tripline.rules.spoof;

import io.tripline.rules.incident.Finding;
import io.tripline.rules.spoof.ClaimEvidence.ClaimedAddress;
import io.tripline.schemas.Address;
import io.tripline.schemas.SafeText;
import io.tripline.schemas.alert.RuleEvidence;
import io.tripline.schemas.alert.RuleEvidenceBuilder;
import java.util.Locale;

/** Who claimed which address: {@code tripline.claims}. */
final class SpoofFields {
    private static final int NAME_LENGTH = 64;

    private SpoofFields() {}

    static RuleEvidence of(Finding finding) {
        if (!(finding.detail() instanceof ClaimEvidence evidence)) {
            return RuleEvidence.NONE;
        }
        return new RuleEvidenceBuilder()
                .claims(new RuleEvidence.Claims(
                        SafeText.of(evidence.segment(), NAME_LENGTH),
                        evidence.vlan(),
                        evidence.addresses(),
                        evidence.owners(),
                        evidence.claimingDevices(),
                        evidence.signs().stream().sorted().map(SpoofFields::id).toList(),
                        evidence.claims().stream()
                                .map(claim -> claim(claim, finding.actor()))
                                .toList()))
                .build();
    }

    private static RuleEvidence.Claim claim(ClaimedAddress claim, Address actor) {
        return new RuleEvidence.Claim(
                claim.address().toString(),
                actor.toString(),
                claim.owner() == 0 ? "" : Address.macText(claim.owner()),
                claim.gateway(),
                claim.replies(),
                claim.broadcasts(),
                claim.requests(),
                claim.answers(),
                claim.everybody(),
                claim.told().stream().map(Address::toString).toList());
    }

    private static String id(SpoofSign sign) {
        return sign.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
