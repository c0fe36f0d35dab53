package io.tripline.rules.incident;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the techniques of a finding say about its source and its way. */
public final class Techniques {
    private static final Set<Probing> ON_LINK = Set.of(Probing.ARP, Probing.NDP);

    private Techniques() {}

    /** Whether all was asked by ARP or neighbour solicitation, which no router passes on: the source is on the segment itself. */
    public static boolean onLink(Finding finding) {
        return !finding.techniques().isEmpty()
                && ON_LINK.containsAll(finding.techniques().keySet());
    }

    /** Whether one of them is nothing that an ordinary program sends. */
    public static boolean stealth(Finding finding) {
        return finding.techniques().keySet().stream().anyMatch(Probing::stealth);
    }

    /**
     * How many ways of probing there were. A connect scan is a SYN scan that goes on, and a window scan sends what an ACK scan sends: each
     * pair counts as one.
     */
    public static int distinct(Finding finding) {
        Set<Probing> techniques = finding.techniques().keySet();
        int twice = (techniques.containsAll(Set.of(Probing.SYN, Probing.CONNECT)) ? 1 : 0)
                + (techniques.containsAll(Set.of(Probing.ACK, Probing.WINDOW)) ? 1 : 0);
        return techniques.size() - twice;
    }

    /**
     * Whether anybody could have sent these packets in the actor's name. A connect scan completes handshakes or at least is made by
     * an operating system that would; ARP and neighbour solicitations come from the segment itself. All else needs no answer to
     * reach its sender: one packet with any source address does.
     */
    public static boolean spoofable(Finding finding) {
        Set<Probing> techniques = finding.techniques().keySet();
        boolean answered = finding.detail() instanceof Detail.Answerable detail && detail.answered();
        return !answered
                && !techniques.contains(Probing.CONNECT)
                && techniques.stream().noneMatch(ON_LINK::contains);
    }

    /** Transports in the names of {@code network.transport}, sorted; ARP has none, nor do probes for IP protocols as such. */
    public static SortedSet<String> transports(Finding finding) {
        SortedSet<String> transports = new TreeSet<>();
        for (Probing technique : finding.techniques().keySet()) {
            String transport = transport(technique, finding.actor().isIpv4());
            if (transport != null) {
                transports.add(transport);
            }
        }
        return transports;
    }

    private static @Nullable String transport(Probing technique, boolean ipv4) {
        return switch (technique) {
            case SYN, CONNECT, FIN, NULL, XMAS, MAIMON, ACK, WINDOW, ILLEGAL_FLAGS -> "tcp";
            case UDP -> "udp";
            case SCTP -> "sctp";
            case ICMP -> ipv4 ? "icmp" : "ipv6-icmp";
            case NDP -> "ipv6-icmp";
            case ARP, IP_PROTOCOL -> null;
        };
    }

    /** The one protocol above the transport, or beside IP, that the finding is about; null where a probe carries none. */
    public static @Nullable String protocol(Finding finding) {
        return onLink(finding) && finding.techniques().size() == 1
                ? finding.techniques().firstKey().id()
                : null;
    }
}
