package io.tripline.rules.flood;

import io.tripline.rules.alert.Action;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.ScanActions;
import io.tripline.schemas.Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do about a flood. Commands are for the target itself or for a gateway before it, and hold no address but validated ones. */
final class FloodActions {
    private FloodActions() {}

    static List<Action> of(Case situation) {
        Finding finding = situation.finding();
        FloodEvidence flood = FloodMessage.evidence(finding);
        List<Action> actions = new ArrayList<>();
        if (flood.kind() == Kind.SYN) {
            actions.add(new Action(
                    "On " + finding.actor()
                            + ": answer without keeping state when the backlog is full (SYN cookies, RFC 4987)",
                    "sysctl -w net.ipv4.tcp_syncookies=1"));
        }
        source(finding, flood, situation, actions);
        String limit = limit(flood.kind(), finding.actor());
        if (limit != null) {
            actions.add(new Action(
                    "Limit what gets to " + finding.actor()
                            + "; ordinary clients beyond the limit suffer with the flood",
                    limit));
        }
        if (flood.kind() == Kind.SYN) {
            actions.add(new Action(
                    "On a Linux gateway before it: complete handshakes on its behalf (nftables synproxy) while this goes on",
                    null));
        }
        if (flood.doubtful()) {
            actions.add(new Action(doubt(flood.kind()), null));
        }
        return actions;
    }

    private static void source(Finding finding, FloodEvidence flood, Case situation, List<Action> actions) {
        if (flood.kind() == Kind.REFLECTED) {
            actions.add(new Action(
                    "Ask the provider upstream to filter by the servers' source port: these servers are abused, their answers are"
                            + " useless to block one by one",
                    null));
        } else if (flood.spoofed()) {
            actions.add(new Action(
                    "Do not block by source, the addresses are false: have the provider upstream filter or scrub traffic to "
                            + finding.actor() + ", or find the port where it enters",
                    null));
        } else if (finding.sourceCount() == 1 && finding.sources().size() == 1) {
            Address source = finding.sources().get(0);
            String unproven = flood.kind() == Kind.CONNECTION
                    ? " (it completed handshakes, so the address is real)"
                    : "; first make sure that it really is the source, nothing here proves the address";
            actions.add(new Action(
                    (situation.internal() ? "Isolate " : "Block ") + source + " if nobody can explain this" + unproven,
                    ScanActions.block(source)));
        } else {
            actions.add(new Action(
                    "Have the provider upstream or the gateway filter the sources listed in tripline.sources", null));
        }
    }

    private static String doubt(Kind kind) {
        return switch (kind) {
            case SYN -> "See whether the service is down: clients that find nobody look much the same";
            case UDP, REFLECTED ->
                "See whether a media stream, a log, a speed test or a busy service that this tap sees one side of explains it";
            case CONNECTION, ICMP -> "See whether a test or a monitoring system explains it";
        };
    }

    /**
     * Limits packets of the kind to the target on the machine where it is run; {@code nft delete table inet tripline} takes it back. Null where
     * packets cannot be told from wanted ones.
     */
    private static @Nullable String limit(Kind kind, Address target) {
        if (!ScanActions.isHost(target)) {
            return null;
        }
        String match = switch (kind) {
            case SYN, CONNECTION -> "tcp flags == syn";
            case ICMP -> target.isIpv4() ? "icmp type echo-request" : "icmpv6 type echo-request";
            case UDP -> "meta l4proto udp";
            case REFLECTED -> null;
        };
        if (match == null) {
            return null;
        }
        return "nft 'add table inet tripline; "
                + "add chain inet tripline floods { type filter hook prerouting priority -300; }; "
                + "add rule inet tripline floods " + (target.isIpv4() ? "ip" : "ip6") + " daddr " + target + " " + match
                + " limit rate over 1000/second burst 2000 packets counter drop'";
    }
}
