package io.tripline.sensor.flow;

import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;
import io.tripline.sensor.decode.PacketView;

/** Judges TCP segments (RFC 9293) of conversations that are known; {@link TcpOrphans} judges the others. */
final class TcpRules {
    /** A conversation caught in the middle has proved one-sided after so many packets without an answer. */
    private static final int ONE_SIDED = 16;

    /** How far sequence numbers go on within one conversation between two packets that this tap sees: 16 MiB. */
    private static final long NEAR = 1L << 24;

    private final Flow flow;
    private final TcpOrphans orphans;

    TcpRules(Flow flow) {
        this.flow = flow;
        this.orphans = new TcpOrphans(flow);
    }

    void judge(PacketView view, Verdict verdict) {
        TcpSegment segment = TcpSegment.of(view);
        verdict.indicators = TcpSegment.indicators(view, segment);
        boolean known = flow.find(
                view.sourceHigh,
                view.sourceLow,
                view.sourcePort,
                view.destinationHigh,
                view.destinationLow,
                view.destinationPort,
                IpProtocol.TCP,
                true);
        if (!known) {
            orphans.judge(view, segment, verdict);
            return;
        }
        verdict.fromInitiator = flow.fromInitiator();
        switch (segment) {
            case SYN -> syn(view, verdict);
            case SYN_ACK -> synAck(verdict);
            case RST -> rst(verdict);
            case ACK -> ack(view, verdict);
            case STEALTH -> stealth(view, verdict);
        }
    }

    private void syn(PacketView view, Verdict verdict) {
        int phase = flow.phase();
        boolean again = sequence(flow.numbers()) == (view.tcpSequence & 0xffff_ffffL);
        boolean over = flow.has(Flow.ADOPTED)
                || flow.technique() != Technique.SYN
                || phase == Flow.REFUSED
                || (phase == Flow.CLOSING && !again)
                || (phase == Flow.ANSWERED && !again && flow.fromInitiator());
        if (over) {
            orphans.syn(view, verdict);
            return;
        }
        if (!flow.fromInitiator()) {
            verdict.is(Role.OTHER, false, Technique.NONE, Outcome.NONE);
        } else if (phase == Flow.PROBING) {
            flow.numbers(view.tcpSequence, view.tcpAcknowledgment);
            verdict.is(Role.REPEAT, true, Technique.SYN, Outcome.NONE);
        }
        seen();
    }

    private void synAck(Verdict verdict) {
        if (!flow.fromInitiator() && flow.phase() <= Flow.REFUSED) {
            answer(verdict);
        }
        seen();
    }

    private void rst(Verdict verdict) {
        int phase = flow.phase();
        if (phase == Flow.PROBING && !flow.fromInitiator()) {
            flow.phase(Flow.REFUSED);
            flow.seenAnswered();
            verdict.is(Role.ANSWER, false, flow.technique(), Outcome.CLOSED);
        } else if (phase != Flow.REFUSED && phase != Flow.CLOSING) {
            verdict.closesFirst = isOpen();
            flow.set(flow.fromInitiator() ? Flow.INITIATOR_CLOSED : Flow.RESPONDER_CLOSED);
            flow.phase(Flow.CLOSING);
            verdict.is(Role.CLOSING, flow.fromInitiator(), flow.technique(), Outcome.NONE);
        }
        seen();
    }

    private void ack(PacketView view, Verdict verdict) {
        int phase = flow.phase();
        if (!flow.fromInitiator()) {
            if (phase == Flow.PROBING) {
                answer(verdict);
            } else if (phase != Flow.REFUSED && TcpSegment.fin(view)) {
                fin(verdict);
            }
            seen();
            return;
        }
        if (phase == Flow.REFUSED) {
            orphans.ack(view, verdict);
            return;
        }
        if (phase == Flow.PROBING && !proceeds(view, verdict)) {
            return;
        }
        if (phase == Flow.ANSWERED) {
            establish(view, verdict);
        } else if (phase >= Flow.ESTABLISHED && TcpSegment.fin(view)) {
            fin(verdict);
        }
        seen();
    }

    /**
     * The initiator sends a segment with ACK although no answer was seen; false where that is another probe, judged
     * as such.
     */
    private boolean proceeds(PacketView view, Verdict verdict) {
        boolean onward = onward(view);
        switch (flow.technique()) {
            case SYN, NONE -> {
                if (view.tcpAcknowledgment == 0) {
                    return true;
                }
                if (!onward) {
                    orphans.ack(view, verdict);
                    return false;
                }
                flow.wentOnUnseen();
                establish(view, verdict);
            }
            case ACK, MAIMON -> {
                if (onward || !TcpSegment.bare(view)) {
                    flow.wentOnUnseen();
                    establish(view, verdict);
                } else {
                    verdict.is(Role.REPEAT, true, flow.technique(), Outcome.NONE);
                }
            }
            default -> {
                orphans.ack(view, verdict);
                return false;
            }
        }
        return true;
    }

    /**
     * Whether its numbers come after those of the first packet; two probes of a scanner have nothing to do with each
     * other.
     */
    private boolean onward(PacketView view) {
        long sent = (view.tcpSequence - sequence(flow.numbers())) & 0xffff_ffffL;
        if (flow.technique() == Technique.SYN) {
            return sent != 0 && sent <= NEAR;
        }
        long received = (view.tcpAcknowledgment - flow.numbers()) & 0xffff_ffffL;
        return sent <= NEAR && received <= NEAR && (sent | received) != 0;
    }

    private void stealth(PacketView view, Verdict verdict) {
        int phase = flow.phase();
        Technique technique = TcpSegment.stealth(view);
        boolean proved = phase == Flow.ANSWERED || phase == Flow.ESTABLISHED;
        boolean stealthProbe = !proved && flow.technique() != Technique.SYN && !flow.has(Flow.ADOPTED);
        if (technique == Technique.FIN && (proved || phase == Flow.CLOSING)) {
            fin(verdict);
        } else if (phase == Flow.REFUSED) {
            orphans.stealth(view, verdict);
            return;
        } else if (phase != Flow.CLOSING && stealthProbe && flow.fromInitiator()) {
            if (technique != flow.technique()) {
                orphans.stealth(view, verdict);
                return;
            }
            verdict.is(Role.REPEAT, true, technique, Outcome.NONE);
        } else {
            Role role = proved || phase == Flow.CLOSING ? Role.OTHER : Role.ORPHAN;
            verdict.is(role, flow.fromInitiator(), technique, Outcome.NONE);
        }
        verdict.indicators |= TcpOrphans.finIndicator(technique, proved || phase == Flow.CLOSING);
        seen();
    }

    /** The other side sends something that is no refusal. */
    private void answer(Verdict verdict) {
        Technique technique = flow.technique();
        boolean doubted = technique == Technique.ACK || technique == Technique.MAIMON;
        flow.phase(doubted ? Flow.ESTABLISHED : Flow.ANSWERED);
        flow.seenAnswered();
        verdict.is(doubted ? Role.ESTABLISHED : Role.ANSWER, false, technique, Outcome.OPEN);
    }

    private void establish(PacketView view, Verdict verdict) {
        flow.phase(Flow.ESTABLISHED);
        if (TcpSegment.fin(view)) {
            flow.set(Flow.INITIATOR_CLOSED);
        }
        verdict.is(Role.ESTABLISHED, true, flow.technique(), Outcome.OPEN);
    }

    private void fin(Verdict verdict) {
        int bit = flow.fromInitiator() ? Flow.INITIATOR_CLOSED : Flow.RESPONDER_CLOSED;
        if (flow.has(bit)) {
            return;
        }
        verdict.closesFirst = isOpen();
        flow.set(bit);
        if (flow.has(Flow.INITIATOR_CLOSED) && flow.has(Flow.RESPONDER_CLOSED)) {
            flow.phase(Flow.CLOSING);
        }
        verdict.is(Role.CLOSING, flow.fromInitiator(), flow.technique(), Outcome.NONE);
    }

    /** Whether neither side has ended the conversation yet. */
    private boolean isOpen() {
        return !flow.has(Flow.INITIATOR_CLOSED) && !flow.has(Flow.RESPONDER_CLOSED);
    }

    private void seen() {
        flow.count();
        if (flow.has(Flow.ADOPTED) && !flow.has(Flow.COUNTED)) {
            if (flow.has(Flow.RESPONDER_SEEN) && flow.has(Flow.INITIATOR_SEEN)) {
                flow.seenAnswered();
            } else if (flow.sent() > ONE_SIDED) {
                flow.wentOnUnseen();
            }
        }
        flow.save();
    }

    private static long sequence(long numbers) {
        return numbers >>> 32;
    }
}
