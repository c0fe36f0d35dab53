package io.tripline.rules.probe;

import io.tripline.rules.alert.Action;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Techniques;
import io.tripline.rules.network.Service;
import io.tripline.rules.probe.distributedscan.DistributedDetail;
import io.tripline.schemas.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What to do about a scan. */
public final class ScanActions {
    private static final int LISTED = 10;
    private static final int BLOCKED = 5;

    private ScanActions() {}

    public static List<Action> of(Case scan) {
        Finding finding = scan.finding();
        Address actor = finding.actor();
        List<Action> actions = new ArrayList<>();
        actions.addAll(block(scan));
        List<Integer> open =
                finding.openServices().stream().filter(Service::numbered).toList();
        if (!open.isEmpty()) {
            String services = open.stream().limit(LISTED).map(Service::text).collect(Collectors.joining(", "));
            actions.add(new Action(
                    "Check whether what answered should be reachable from there: " + services
                            + (open.size() > LISTED ? ", …" : ""),
                    null));
        }
        if (scan.internal()) {
            actions.add(new Action(
                    "Find out which program on " + actor + " sent these packets, and whether anybody asked it to",
                    null));
        }
        if (!finding.answersSeen()) {
            actions.add(new Action(
                    "Let the sensor see both directions of this traffic: what answered is not known without", null));
        }
        return actions;
    }

    /** What to do about a scan by several sources. */
    public static List<Action> ofDistributed(Case scan) {
        Finding finding = scan.finding();
        List<Action> actions = new ArrayList<>();
        actions.add(new Action(
                "See whether any of the sources has an incident of rule port-scan too: it says which ports were open to it",
                null));
        if (finding.detail() instanceof DistributedDetail detail && detail.decoys()) {
            actions.add(new Action(
                    "Do not block these addresses yet: most of them are decoys and may be anybody's. The real one is who gets"
                            + " through to what is open, or whose hop limits fit its distance",
                    null));
        } else {
            for (Address source : finding.sources().stream().limit(BLOCKED).toList()) {
                String command = block(source);
                if (command != null) {
                    actions.add(new Action("Block " + source + " if nothing needs it", command));
                }
            }
        }
        if (!finding.answersSeen()) {
            actions.add(new Action(
                    "Let the sensor see both directions of this traffic: what answered is not known without", null));
        }
        return actions;
    }

    /** Keep the source out, with the command for it where there is one. */
    public static List<Action> block(Case scan) {
        return List.of(new Action(keepOut(scan), command(scan.finding())));
    }

    private static String keepOut(Case scan) {
        Finding finding = scan.finding();
        String actor = finding.actor().toString();
        String unproven = Techniques.spoofable(finding)
                ? "; first make sure that it really is the source, nothing here proves the address"
                : "";
        if (finding.actor().isMac() || Techniques.onLink(finding)) {
            return "Find the switch port of " + actor + " and isolate it if nobody can explain this";
        }
        return scan.internal()
                ? "Isolate " + actor + " at its switch port or gateway if nobody can explain this" + unproven
                : "Block " + actor + " at the edge if nothing needs it" + unproven;
    }

    /**
     * Drops what comes from the actor on the machine where it is run, forwarded or not; stands alone whatever tables that machine has, and
     * {@code nft delete table inet tripline} takes it back. Null where there is no single host to block, or where all was asked below IP.
     */
    private static @Nullable String command(Finding finding) {
        return Techniques.onLink(finding) ? null : block(finding.actor());
    }

    /** The command that drops what comes from a host; null for what can be no host's address. */
    public static @Nullable String block(Address actor) {
        if (!isHost(actor)) {
            return null;
        }
        String match = actor.isMac() ? "ether saddr " : actor.isIpv4() ? "ip saddr " : "ip6 saddr ";
        return "nft 'add table inet tripline; "
                + "add chain inet tripline block { type filter hook prerouting priority -300; }; "
                + "add rule inet tripline block " + match + actor + " counter drop'";
    }

    /** Whether an address can be one host's: not unspecified, loopback, multicast, reserved or broadcast (RFC 6890). */
    public static boolean isHost(Address address) {
        if (address.isMac()) {
            return address.low() != 0 && (address.low() >>> 40 & 1) == 0;
        }
        if (address.isIpv4()) {
            int first = (int) (address.low() >>> 24) & 0xff;
            return first != 0 && first != 127 && first < 224;
        }
        return address.high() >>> 56 != 0xff && !(address.high() == 0 && address.low() >>> 32 == 0);
    }
}
