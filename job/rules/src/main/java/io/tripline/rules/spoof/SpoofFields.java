package io.tripline.rules.spoof;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tripline.rules.alert.AlertDocument;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.spoof.ClaimEvidence.ClaimedAddress;
import io.tripline.schemas.Address;
import io.tripline.schemas.SafeText;
import java.io.IOException;
import java.util.Locale;

/** Writes who claimed which address, into {@code tripline.claims}. */
final class SpoofFields {
    private static final int NAME_LENGTH = 64;

    private SpoofFields() {}

    static void write(Finding finding, JsonGenerator json) throws IOException {
        if (!(finding.detail() instanceof ClaimEvidence evidence)) {
            return;
        }
        json.writeObjectFieldStart("claims");
        json.writeStringField("segment", SafeText.of(evidence.segment(), NAME_LENGTH));
        json.writeNumberField("vlan", evidence.vlan());
        json.writeNumberField("distinct", evidence.addresses());
        json.writeNumberField("owners", evidence.owners());
        json.writeNumberField("claimants", evidence.claimingDevices());
        AlertDocument.strings(
                json,
                "signs",
                evidence.signs().stream().sorted().map(SpoofFields::id).toList());
        json.writeArrayFieldStart("addresses");
        for (ClaimedAddress claim : evidence.claims()) {
            json.writeStartObject();
            json.writeStringField("ip", claim.address().toString());
            json.writeStringField("claimed_by", finding.actor().toString());
            if (claim.owner() != 0) {
                json.writeStringField("owner", Address.macText(claim.owner()));
            }
            json.writeBooleanField("gateway", claim.gateway());
            json.writeNumberField("replies", claim.replies());
            json.writeNumberField("broadcasts", claim.broadcasts());
            json.writeNumberField("requests", claim.requests());
            json.writeNumberField("answers", claim.answers());
            json.writeBooleanField("everybody", claim.everybody());
            AlertDocument.strings(
                    json, "told", claim.told().stream().map(Address::toString).toList());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String id(SpoofSign sign) {
        return sign.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
