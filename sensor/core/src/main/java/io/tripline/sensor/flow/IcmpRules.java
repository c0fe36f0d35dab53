package io.tripline.sensor.flow;

import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;
import io.tripline.sensor.decode.PacketView;

/**
 * Judges ICMP and ICMPv6 (RFC 792, RFC 950, RFC 4443): queries here, errors in {@link IcmpErrors}, neighbour discovery
 * in {@link NeighbourRules}. Every message gets a record.
 */
final class IcmpRules {
    /** Sorts of query, part of the conversation's key. */
    static final int ECHO = 1;

    static final int TIMESTAMP = 2;
    static final int INFORMATION = 3;
    static final int MASK = 4;

    private final Flow flow;
    private final IcmpErrors errors;
    private final NeighbourRules neighbours;
    private final EchoReader echoes = new EchoReader();

    IcmpRules(Flow flow, NeighbourRules neighbours) {
        this.flow = flow;
        this.errors = new IcmpErrors(flow);
        this.neighbours = neighbours;
    }

    void judge(PacketView view, Verdict verdict) {
        verdict.record = true;
        if (view.protocol == IpProtocol.ICMP) {
            icmp(view, verdict);
        } else {
            icmpv6(view, verdict);
        }
    }

    private void icmp(PacketView view, Verdict verdict) {
        switch (view.sourcePort) {
            case 8 -> request(view, ECHO, verdict);
            case 0 -> reply(view, ECHO, verdict);
            case 13 -> request(view, TIMESTAMP, verdict);
            case 14 -> reply(view, TIMESTAMP, verdict);
            case 15 -> request(view, INFORMATION, verdict);
            case 16 -> reply(view, INFORMATION, verdict);
            case 17 -> request(view, MASK, verdict);
            case 18 -> reply(view, MASK, verdict);
            case 3, 4, 5, 11, 12 -> errors.judge(view, verdict);
            default -> {}
        }
    }

    private void icmpv6(PacketView view, Verdict verdict) {
        switch (view.sourcePort) {
            case 128 -> request(view, ECHO, verdict);
            case 129 -> reply(view, ECHO, verdict);
            case 1, 2, 3, 4 -> errors.judge(view, verdict);
            case NeighbourRules.SOLICITATION -> neighbours.solicitation(view, verdict);
            case NeighbourRules.ADVERTISEMENT -> neighbours.advertisement(view, verdict);
            default -> {}
        }
    }

    private void request(PacketView view, int sort, Verdict verdict) {
        carries(view, sort, verdict);
        if (find(view.sourceHigh, view.sourceLow, view.destinationHigh, view.destinationLow, view, sort)) {
            flow.save();
            return;
        }
        boolean probe = Reach.isHost(view.sourceHigh, view.sourceLow) && !Reach.toGroup(view);
        Technique technique = probe ? Technique.ICMP : Technique.NONE;
        flow.begin(Flow.PROBING, technique, true);
        verdict.is(Role.FIRST, true, technique, Outcome.NONE);
    }

    private void carries(PacketView view, int sort, Verdict verdict) {
        if (sort == ECHO) {
            verdict.echo = echoes.read(view);
        }
    }

    private void reply(PacketView view, int sort, Verdict verdict) {
        carries(view, sort, verdict);
        if (!find(view.destinationHigh, view.destinationLow, view.sourceHigh, view.sourceLow, view, sort)) {
            verdict.is(Role.ORPHAN, false, Technique.NONE, Outcome.NONE);
            return;
        }
        verdict.fromInitiator = false;
        if (flow.phase() <= Flow.REFUSED) {
            flow.phase(Flow.ESTABLISHED);
            flow.seenAnswered();
            verdict.is(Role.ANSWER, false, flow.technique(), Outcome.OPEN);
        }
        flow.save();
    }

    private boolean find(long askerHigh, long askerLow, long askedHigh, long askedLow, PacketView view, int sort) {
        return flow.findQuestion(askerHigh, askerLow, askedHigh, askedLow, view.icmpIdentifier, view.protocol, sort);
    }
}
