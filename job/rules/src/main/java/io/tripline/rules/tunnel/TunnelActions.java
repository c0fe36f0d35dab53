package io.tripline.rules.tunnel;

import io.tripline.rules.alert.Action;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.ScanActions;
import io.tripline.rules.tunnel.dns.NameDetail;
import io.tripline.schemas.Address;
import io.tripline.schemas.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do about a tunnel. */
public final class TunnelActions {
    private static final int LONGEST_DOMAIN = 253;

    private TunnelActions() {}

    public static List<Action> ofIcmp(Case situation) {
        Finding finding = situation.finding();
        Address actor = finding.actor();
        Address peer =
                finding.hostSample().isEmpty() ? null : finding.hostSample().get(0);
        List<Action> actions = new ArrayList<>();
        actions.add(new Action(
                "Drop ICMP echo between the two where it passes; error messages stay, path MTU discovery needs them",
                peer == null ? null : dropEcho(actor, peer)));
        actions.add(new Action(
                "Find out which program on " + actor
                        + " sends echo (raw or ICMP sockets, a TUN interface, root rights)",
                null));
        if (peer != null) {
            actions.add(new Action("Find out what " + peer + " is, and who else exchanges echo with it", null));
        }
        actions.add(new Action(
                "Open the frames of tripline.frames in Wireshark and read the data: it tells what was carried", null));
        return actions;
    }

    public static List<Action> ofDns(Case situation) {
        NameDetail dns = TunnelMessage.dns(situation.finding());
        List<Action> actions = new ArrayList<>();
        // A reputation service is not blocked: security programs would fail without it.
        if (!dns.reputation()) {
            actions.add(new Action(
                    dns.domain().equals(".")
                            ? "Let clients ask your own resolvers only: these names have no domain, so somebody's own server answers"
                            : "Block the domain " + SafeText.of(dns.domain(), LONGEST_DOMAIN)
                                    + " and all below it in the resolver (response policy zone), if nobody can explain it",
                    null));
        }
        actions.add(new Action(
                "Find out which program on " + situation.finding().actor()
                        + " asks for these names; if that is a resolver, its query log tells who asked it",
                null));
        actions.add(new Action(
                "Let only your own resolvers send DNS to the outside, over UDP and TCP and on any port", null));
        if (dns.fixedForm() || dns.reputation()) {
            actions.add(new Action(
                    "Check whether a security program looks up hashes under this domain; if so, except domain and client",
                    null));
        }
        return actions;
    }

    private static @Nullable String dropEcho(Address actor, Address peer) {
        if (!ScanActions.isHost(actor)
                || !ScanActions.isHost(peer)
                || actor.isIpv4() != peer.isIpv4()
                || actor.isMac()) {
            return null;
        }
        String ip = actor.isIpv4() ? "ip" : "ip6";
        String icmp = actor.isIpv4() ? "icmp" : "icmpv6";
        return "nft 'add table inet tripline; "
                + "add chain inet tripline block { type filter hook prerouting priority -300; }; "
                + rule(ip, icmp, actor, peer, "echo-request") + "; " + rule(ip, icmp, peer, actor, "echo-reply") + "'";
    }

    private static String rule(String ip, String icmp, Address from, Address to, String type) {
        return "add rule inet tripline block " + ip + " saddr " + from + " " + ip + " daddr " + to + " " + icmp
                + " type " + type + " counter drop";
    }
}
