package io.tripline.sensor.flow;

import io.tripline.schemas.Address;
import io.tripline.schemas.Conversation;
import io.tripline.schemas.Indicator;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;
import io.tripline.sensor.decode.PacketView;

/**
 * Judges who asks for whose hardware address: ARP (RFC 826, RFC 5227) and neighbour discovery (RFC 4861). Every
 * message gets a record.
 *
 * <p>Whether answers are visible is not judged here: requests are broadcast, so a port that mirrors nothing sees them
 * all the same.
 */
final class NeighbourRules {
    static final int ROUTER_ADVERTISEMENT = 134;
    static final int SOLICITATION = 135;
    static final int ADVERTISEMENT = 136;

    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    /** Sort of question, part of the conversation's key; those of ICMP queries are 1 to 4. */
    private static final int NEIGHBOUR = 5;

    private static final int OWNERS = 4_096;

    private final Flow flow;
    private final RecentAddresses owners = new RecentAddresses(OWNERS);

    NeighbourRules(Flow flow) {
        this.flow = flow;
    }

    void arp(PacketView view, Verdict verdict) {
        verdict.record = true;
        boolean unspecified = Reach.isUnspecified(view.sourceHigh, view.sourceLow);
        boolean gratuitous =
                !unspecified && view.sourceHigh == view.destinationHigh && view.sourceLow == view.destinationLow;
        if (gratuitous) {
            verdict.indicators |= Indicator.ARP_GRATUITOUS.bit();
        } else if (view.sourcePort == REQUEST) {
            arpRequest(view, unspecified, verdict);
        } else if (view.sourcePort == REPLY) {
            arpReply(view, verdict);
        }
        if (!unspecified && view.senderMac != 0) {
            claim(view, verdict);
        }
    }

    private void arpRequest(PacketView view, boolean unspecified, Verdict verdict) {
        Technique technique = Reach.isGroup(view.sourceHigh, view.sourceLow) ? Technique.NONE : Technique.ARP;
        if (unspecified) {
            Address asker = Address.ofMac(mac(view));
            find(asker.high(), asker.low(), view.destinationHigh, view.destinationLow);
        } else {
            find(view.sourceHigh, view.sourceLow, view.destinationHigh, view.destinationLow);
        }
        ask(technique, verdict);
    }

    private void arpReply(PacketView view, Verdict verdict) {
        boolean known;
        if (answersUnspecified(view)) {
            Address asker = Address.ofMac(view.targetMac);
            known = find(asker.high(), asker.low(), view.sourceHigh, view.sourceLow);
        } else {
            known = find(view.destinationHigh, view.destinationLow, view.sourceHigh, view.sourceLow);
        }
        if (!known) {
            verdict.is(Role.ORPHAN, false, Technique.NONE, Outcome.NONE);
            return;
        }
        answer(verdict);
    }

    /**
     * The sender says that its protocol address is at its hardware address; one VLAN's claims say nothing about
     * another's.
     */
    private void claim(PacketView view, Verdict verdict) {
        long owner = owners.get(view.sourceHigh, view.sourceLow, view.vlan);
        if (owner != 0 && owner != view.senderMac) {
            verdict.indicators |= Indicator.ARP_CONFLICT.bit();
        }
        owners.put(view.sourceHigh, view.sourceLow, view.vlan, view.senderMac);
    }

    /** Duplicate address detection (RFC 4862, 5.4) asks from :: and is no probe. */
    void solicitation(PacketView view, Verdict verdict) {
        if (Reach.isHost(view.sourceHigh, view.sourceLow)) {
            findV6(view.sourceHigh, view.sourceLow, view.ndpTargetHigh, view.ndpTargetLow);
            ask(Technique.NDP, verdict);
        }
    }

    /**
     * Who asked from an address of its own is answered there (RFC 4861, 7.2.4), so an advertisement to a group
     * answers nobody.
     */
    void advertisement(PacketView view, Verdict verdict) {
        verdict.fromInitiator = false;
        if (Reach.isGroup(view.destinationHigh, view.destinationLow)
                || !findV6(view.destinationHigh, view.destinationLow, view.ndpTargetHigh, view.ndpTargetLow)) {
            return;
        }
        answer(verdict);
        Conversation about = new Conversation();
        about.setInitiatorHigh(view.destinationHigh);
        about.setInitiatorLow(view.destinationLow);
        about.setResponderHigh(view.ndpTargetHigh);
        about.setResponderLow(view.ndpTargetLow);
        about.setProtocol(IpProtocol.ICMPV6);
        verdict.about = about;
    }

    private void ask(Technique technique, Verdict verdict) {
        if (!flow.known()) {
            flow.begin(Flow.PROBING, technique, true);
            verdict.is(Role.FIRST, true, technique, Outcome.NONE);
            return;
        }
        if (flow.phase() == Flow.PROBING) {
            verdict.is(Role.REPEAT, true, flow.technique(), Outcome.NONE);
        }
        flow.save();
    }

    private void answer(Verdict verdict) {
        verdict.fromInitiator = false;
        if (flow.phase() == Flow.PROBING) {
            flow.phase(Flow.ESTABLISHED);
            verdict.is(Role.ANSWER, false, flow.technique(), Outcome.OPEN);
        }
        flow.save();
    }

    private boolean find(long askerHigh, long askerLow, long askedHigh, long askedLow) {
        return flow.findQuestion(askerHigh, askerLow, askedHigh, askedLow, 0, IpProtocol.ARP, NEIGHBOUR);
    }

    private boolean findV6(long askerHigh, long askerLow, long askedHigh, long askedLow) {
        return flow.findQuestion(askerHigh, askerLow, askedHigh, askedLow, 0, IpProtocol.ICMPV6, NEIGHBOUR);
    }

    /** Whether this answers a host without a protocol address, which then goes by its hardware address. */
    static boolean answersUnspecified(PacketView view) {
        return view.sourcePort == REPLY && Reach.isUnspecified(view.destinationHigh, view.destinationLow);
    }

    /** The hardware address that a host without a protocol address goes by. */
    static long mac(PacketView view) {
        return view.senderMac != 0 ? view.senderMac : view.linkSource;
    }
}
