package io.tripline.rules.spoof;

import io.tripline.rules.spoof.ClaimEvidence.ClaimedAddress;
import io.tripline.rules.spoof.Holding.Holder;
import io.tripline.schemas.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Puts together what a device did to others' addresses. */
final class ClaimSummary {
    private ClaimSummary() {}

    /** The gateway first, then by number of unasked claims. */
    static List<ClaimedAddress> of(long device, Claimant claimant, SegmentHistory history) {
        List<ClaimedAddress> claims = new ArrayList<>();
        int gateway = history.questions.gatewayAskers(device);
        for (Map.Entry<Address, Taking> entry : claimant.takings().entrySet()) {
            if (entry.getValue().suspect()) {
                claims.add(of(device, entry.getKey(), entry.getValue(), history, gateway));
            }
        }
        claims.sort(Comparator.comparing(ClaimedAddress::gateway)
                .thenComparing(ClaimedAddress::unasked)
                .reversed()
                .thenComparing(ClaimedAddress::address));
        return claims;
    }

    private static ClaimedAddress of(long device, Address address, Taking taking, SegmentHistory history, int gateway) {
        Holding holding = history.holding(address);
        Holder owner = holding == null ? null : holding.other(device);
        List<Address> told = taking.told().keySet().stream()
                .map(Taking.Told::address)
                .filter(to -> !to.equals(Claim.NOBODY) && !to.isMac() && !to.equals(address))
                .distinct()
                .sorted()
                .limit(ClaimEvidence.TOLD)
                .toList();
        return new ClaimedAddress(
                address,
                owner == null ? 0 : owner.mac,
                history.questions.askers(address, device) >= gateway,
                taking.packets(ClaimKind.REPLY),
                taking.packets(ClaimKind.BROADCAST) + taking.packets(ClaimKind.ANNOUNCEMENT),
                taking.packets(ClaimKind.MENTION),
                taking.answers(),
                told,
                taking.everybody());
    }

    /** Packets of the claims of one version of IP. */
    static long packets(List<ClaimedAddress> claims, boolean ipv4) {
        return claims.stream()
                .filter(claim -> claim.address().isIpv4() == ipv4)
                .mapToLong(claim -> claim.unasked() + claim.requests() + claim.answers())
                .sum();
    }
}
