package io.tripline.rules.spoof;

import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.ScanMessage;
import io.tripline.rules.spoof.ClaimEvidence.ClaimedAddress;
import io.tripline.schemas.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells claims of others' addresses in one line that a person understands; it becomes the title of the alert. */
final class SpoofMessage {
    private static final int LISTED = 2;

    private SpoofMessage() {}

    /** {@code 02:.. (10.0.0.5) claims 10.0.0.1 (gateway, owner 00:..) to 10.0.0.20 and 1 other address, 15 unasked replies in 15.0 s}. */
    static String of(Finding finding) {
        if (!(finding.detail() instanceof ClaimEvidence evidence)) {
            return finding.actor() + " claims others' addresses";
        }
        String who = finding.actor()
                + (finding.sources().isEmpty() ? "" : " (" + finding.sources().get(0) + ")")
                + (evidence.claimingDevices() > 1
                        ? " and " + number(evidence.claimingDevices() - 1) + " other devices"
                        : "");
        return who + (evidence.claimingDevices() > 1 ? " claim " : " claims ") + claims(evidence)
                + counts(finding, evidence) + " in " + ScanMessage.duration(finding.lastSeen() - finding.firstSeen());
    }

    private static String claims(ClaimEvidence evidence) {
        List<String> texts = new ArrayList<>();
        for (ClaimedAddress claim : evidence.claims().stream().limit(LISTED).toList()) {
            texts.add(claim.address() + owner(claim) + told(claim));
        }
        long more = evidence.addresses() - texts.size();
        if (more > 0 && !texts.isEmpty()) {
            texts.add(number(more) + (more == 1 ? " other address" : " other addresses"));
        }
        return texts.isEmpty() ? number(evidence.addresses()) + " addresses" : String.join(" and ", texts);
    }

    private static String owner(ClaimedAddress claim) {
        String gateway = claim.gateway() ? "gateway, " : "";
        return claim.owner() == 0
                ? " (" + gateway + "owner not seen)"
                : " (" + gateway + "owner " + Address.macText(claim.owner()) + ")";
    }

    private static String told(ClaimedAddress claim) {
        if (claim.everybody()) {
            return " to everybody";
        }
        if (claim.told().isEmpty()) {
            return "";
        }
        return " to " + claim.told().get(0)
                + (claim.told().size() > 1 ? " and " + (claim.told().size() - 1) + " more" : "");
    }

    private static String counts(Finding finding, ClaimEvidence evidence) {
        if (evidence.claimingDevices() > 1
                || evidence.addresses() > evidence.claims().size()) {
            return ": " + number(finding.packets()) + " packets";
        }
        Set<SpoofSign> signs = evidence.signs();
        long unasked =
                evidence.claims().stream().mapToLong(ClaimedAddress::unasked).sum();
        long requests =
                evidence.claims().stream().mapToLong(ClaimedAddress::requests).sum();
        long answers =
                evidence.claims().stream().mapToLong(ClaimedAddress::answers).sum();
        List<String> counts = new ArrayList<>();
        if (unasked > 0) {
            counts.add(number(unasked) + (unasked == 1 ? " unasked reply" : " unasked replies"));
        }
        if (requests > 0 && !signs.contains(SpoofSign.SHARED)) {
            counts.add(number(requests) + (requests == 1 ? " request in its name" : " requests in others' names"));
        }
        if (answers > 0) {
            counts.add(number(answers) + (answers == 1 ? " answer" : " answers"));
        }
        return counts.isEmpty() ? "" : ": " + String.join(", ", counts);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
