package io.tripline.rules.spoof;

import io.tripline.rules.alert.Action;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.spoof.ClaimEvidence.ClaimedAddress;
import io.tripline.schemas.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What to do about claims of others' addresses. Commands carry MAC addresses of single devices and IP addresses of single hosts only; the
 * interface is the reader's to name.
 */
final class SpoofActions {
    private static final int PINNED = 3;

    private SpoofActions() {}

    static List<Action> of(Case situation) {
        List<Action> actions = new ArrayList<>();
        Address actor = situation.finding().actor();
        if (!(situation.finding().detail() instanceof ClaimEvidence evidence)) {
            return List.of(new Action("Find the switch port of " + actor, null));
        }
        if (evidence.signs().equals(Set.of(SpoofSign.SHARED))) {
            return List.of(
                    new Action(
                            "Find out whether both MAC addresses are of one host; if not, give one of the two another address",
                            null),
                    new Action(
                            "One Linux host with two interfaces on a segment: let each answer for its own addresses alone",
                            "sysctl -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2"));
        }
        actions.add(
                new Action("Find the switch port of " + actor + " and isolate it if nobody can explain this", null));
        boolean arp =
                evidence.claims().stream().anyMatch(claim -> claim.address().isIpv4());
        boolean ndp =
                evidence.claims().stream().anyMatch(claim -> !claim.address().isIpv4());
        if (arp && isDevice(actor.low())) {
            actions.add(new Action(
                    "Until then, on hosts that were told: accept no ARP from " + actor,
                    "nft 'add table arp tripline; "
                            + "add chain arp tripline block { type filter hook input priority 0; }; "
                            + "add rule arp tripline block arp saddr ether " + actor + " counter drop'"));
        }
        evidence.claims().stream()
                .filter(claim -> isDevice(claim.owner()) && isHost(claim.address()))
                .limit(PINNED)
                .forEach(claim -> actions.add(pin(claim)));
        if (arp) {
            actions.add(new Action(
                    "Switch: turn on DHCP snooping and dynamic ARP inspection for this VLAN, so that it drops claims of addresses not leased to the port",
                    null));
        }
        if (ndp) {
            actions.add(new Action(
                    "Switch: turn on RA guard and IPv6 neighbour discovery inspection (source guard) for this VLAN",
                    null));
        }
        actions.add(new Action(
                "Passwords and sessions that went over this segment unencrypted since then may be known: change or end them",
                null));
        return actions;
    }

    /** A fixed entry in the neighbour table, on the interface by which the address is reached. */
    private static Action pin(ClaimedAddress claim) {
        String family = claim.address().isIpv4() ? "" : "-6 ";
        String owner = Address.macText(claim.owner());
        return new Action(
                "On hosts that were told, once you know that " + owner + " is right: fix " + claim.address()
                        + " there (for eth0 name the interface that faces this segment)",
                "ip " + family + "neigh replace " + claim.address() + " lladdr " + owner + " nud permanent dev eth0");
    }

    private static boolean isDevice(long mac) {
        return mac != 0 && (mac >>> 40 & 1) == 0;
    }

    private static boolean isHost(Address address) {
        if (address.isIpv4()) {
            int first = (int) (address.low() >>> 24) & 0xff;
            return first != 0 && first != 127 && first < 224;
        }
        return address.high() >>> 56 != 0xff && !(address.high() == 0 && address.low() >>> 32 == 0);
    }
}
