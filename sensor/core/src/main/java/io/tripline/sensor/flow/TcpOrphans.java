package io.tripline.sensor.flow;

import io.tripline.schemas.Indicator;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.Role;
import io.tripline.schemas.TcpFlags;
import io.tripline.schemas.Technique;
import io.tripline.sensor.decode.PacketView;

/**
 * Judges TCP segments that belong to no conversation: a new one, a stealth probe, or one caught in the middle.
 *
 * <p>Stealth probes open a conversation too, so that its answer finds who asked.
 */
final class TcpOrphans {
    private final Flow flow;

    TcpOrphans(Flow flow) {
        this.flow = flow;
    }

    void judge(PacketView view, TcpSegment segment, Verdict verdict) {
        switch (segment) {
            case SYN -> syn(view, verdict);
            case SYN_ACK -> synAck(view, verdict);
            case RST -> {
                verdict.is(Role.ORPHAN, false, Technique.NONE, Outcome.NONE);
                verdict.indicators |= Indicator.RST_ORPHAN.bit();
            }
            case ACK -> ack(view, verdict);
            case STEALTH -> stealth(view, verdict);
        }
    }

    void syn(PacketView view, Verdict verdict) {
        probe(view, verdict, Role.FIRST, Technique.SYN);
    }

    /**
     * Answers a SYN that this tap did not see, or a SYN that somebody sent under a false address. From a port that
     * serves nothing down to one that does, it answers nobody: it probes as an ACK out of the blue does, and is refused
     * by every host.
     */
    private void synAck(PacketView view, Verdict verdict) {
        if (ServicePorts.toServer(view.sourcePort, view.destinationPort)) {
            probe(view, verdict, Role.ORPHAN, Technique.ACK);
            verdict.indicators |= Indicator.SYNACK_ORPHAN.bit();
            return;
        }
        flow.adopt(Flow.ANSWERED, false);
        verdict.is(Role.ORPHAN, false, Technique.NONE, Outcome.OPEN);
        verdict.indicators |= Indicator.SYNACK_ORPHAN.bit();
    }

    void ack(PacketView view, Verdict verdict) {
        boolean served = ServicePorts.fromServer(view.sourcePort, view.destinationPort);
        if (TcpSegment.bare(view) && !served) {
            boolean fin = TcpSegment.fin(view);
            probe(view, verdict, Role.ORPHAN, fin ? Technique.MAIMON : Technique.ACK);
            verdict.indicators |= fin ? 0 : Indicator.ACK_ORPHAN.bit();
            return;
        }
        boolean began = ServicePorts.senderBegan(view.sourcePort, view.destinationPort);
        flow.adopt(Flow.ESTABLISHED, began);
        if ((view.tcpFlags & TcpFlags.FIN) != 0) {
            flow.set(began ? Flow.INITIATOR_CLOSED : Flow.RESPONDER_CLOSED);
            flow.save();
        }
        verdict.is(Role.ESTABLISHED, began, Technique.NONE, Outcome.OPEN);
    }

    void stealth(PacketView view, Verdict verdict) {
        Technique technique = TcpSegment.stealth(view);
        verdict.indicators |= finIndicator(technique, false);
        probe(view, verdict, Role.ORPHAN, technique);
    }

    private void probe(PacketView view, Verdict verdict, Role role, Technique technique) {
        Technique told = Reach.isHost(view.sourceHigh, view.sourceLow) ? technique : Technique.NONE;
        flow.begin(Flow.PROBING, told, true);
        flow.numbers(view.tcpSequence, view.tcpAcknowledgment);
        verdict.is(role, true, told, Outcome.NONE);
    }

    static int finIndicator(Technique technique, boolean inConversation) {
        return technique == Technique.FIN && !inConversation ? Indicator.FIN.bit() : 0;
    }
}
