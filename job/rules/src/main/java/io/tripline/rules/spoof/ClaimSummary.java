package io.tripline.rules.spoof;

import io.tripline.rules.spoof.AddressBindings.Holder;
import io.tripline.rules.spoof.ClaimEvidence.ClaimedAddress;
import io.tripline.schemas.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Puts together what a device did to others' addresses. */
final class ClaimSummary {
    private ClaimSummary() {}

    /** The gateway first, then by number of unasked claims. */
    static List<ClaimedAddress> of(long device, ClaimingDevice claimingDevice, SegmentHistory history) {
        List<ClaimedAddress> claims = new ArrayList<>();
        int gateway = history.solicitations.gatewayAskers(device);
        for (Map.Entry<Address, ClaimHistory> entry :
                claimingDevice.claimHistories().entrySet()) {
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

    private static ClaimedAddress of(
            long device, Address address, ClaimHistory claimHistory, SegmentHistory history, int gateway) {
        AddressBindings bindings = history.bindings(address);
        Holder owner = bindings == null ? null : bindings.other(device);
        List<Address> told = claimHistory.told().keySet().stream()
                .map(ClaimHistory.Told::address)
                .filter(to -> !to.equals(Claim.NOBODY) && !to.isMac() && !to.equals(address))
                .distinct()
                .sorted()
                .limit(ClaimEvidence.TOLD)
                .toList();
        return new ClaimedAddress(
                address,
                owner == null ? 0 : owner.mac,
                history.solicitations.askers(address, device) >= gateway,
                claimHistory.packets(ClaimKind.REPLY),
                claimHistory.packets(ClaimKind.BROADCAST) + claimHistory.packets(ClaimKind.ANNOUNCEMENT),
                claimHistory.packets(ClaimKind.MENTION),
                claimHistory.answers(),
                told,
                claimHistory.everybody());
    }

    /** Packets of the claims of one version of IP. */
    static long packets(List<ClaimedAddress> claims, boolean ipv4) {
        return claims.stream()
                .filter(claim -> claim.address().isIpv4() == ipv4)
                .mapToLong(claim -> claim.unasked() + claim.requests() + claim.answers())
                .sum();
    }
}
