package io.tripline.sensor.flow;

import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;
import io.tripline.sensor.decode.PacketView;

/** Judges SCTP packets by their first chunk (RFC 9260, 3.2). */
final class SctpRules {
    private static final int INIT = 1;
    private static final int INIT_ACK = 2;
    private static final int ABORT = 6;
    private static final int SHUTDOWN = 7;
    private static final int SHUTDOWN_ACK = 8;
    private static final int COOKIE_ECHO = 10;
    private static final int COOKIE_ACK = 11;
    private static final int SHUTDOWN_COMPLETE = 14;

    private final Flow flow;

    SctpRules(Flow flow) {
        this.flow = flow;
    }

    void judge(PacketView view, Verdict verdict) {
        boolean known = flow.find(
                view.sourceHigh,
                view.sourceLow,
                view.sourcePort,
                view.destinationHigh,
                view.destinationLow,
                view.destinationPort,
                IpProtocol.SCTP,
                true);
        int phase = known ? flow.phase() : Flow.CLOSING;
        boolean over = !known || phase == Flow.REFUSED || phase == Flow.CLOSING;
        if (over && (!known || view.sctpChunk == INIT || view.sctpChunk == COOKIE_ECHO)) {
            orphan(view, verdict);
            return;
        }
        verdict.fromInitiator = flow.fromInitiator();
        flow.count();
        if (flow.fromInitiator()) {
            fromInitiator(view.sctpChunk, phase, verdict);
        } else {
            fromResponder(view.sctpChunk, phase, verdict);
        }
        flow.save();
    }

    private void fromInitiator(int chunk, int phase, Verdict verdict) {
        if (ends(chunk)) {
            close(phase, verdict);
        } else if (phase == Flow.ANSWERED) {
            establish(verdict);
        } else if (phase == Flow.PROBING) {
            if (chunk == flow.numbers() >>> 32) {
                verdict.is(Role.REPEAT, true, flow.technique(), Outcome.NONE);
            } else if (chunk >= 0) {
                flow.wentOnUnseen();
                establish(verdict);
            }
        }
    }

    private void fromResponder(int chunk, int phase, Verdict verdict) {
        if (phase > Flow.REFUSED) {
            if (ends(chunk)) {
                close(phase, verdict);
            }
            return;
        }
        boolean refused = chunk == ABORT;
        if (refused && phase == Flow.REFUSED) {
            return;
        }
        flow.phase(refused ? Flow.REFUSED : Flow.ANSWERED);
        flow.seenAnswered();
        verdict.is(Role.ANSWER, false, flow.technique(), refused ? Outcome.CLOSED : Outcome.OPEN);
    }

    private void orphan(PacketView view, Verdict verdict) {
        Technique technique = Reach.isHost(view.sourceHigh, view.sourceLow) ? Technique.SCTP : Technique.NONE;
        switch (view.sctpChunk) {
            case INIT -> {
                probe(view.sctpChunk, technique);
                verdict.is(Role.FIRST, true, technique, Outcome.NONE);
            }
            case COOKIE_ECHO -> {
                probe(view.sctpChunk, technique);
                verdict.is(Role.ORPHAN, true, technique, Outcome.NONE);
            }
            case INIT_ACK, COOKIE_ACK -> {
                flow.adopt(Flow.ANSWERED, false);
                verdict.is(Role.ORPHAN, false, Technique.NONE, Outcome.OPEN);
            }
            case ABORT, SHUTDOWN_COMPLETE, -1 ->
                verdict.is(Role.ORPHAN, view.sctpChunk < 0, Technique.NONE, Outcome.NONE);
            default -> {
                boolean began = ServicePorts.senderBegan(view.sourcePort, view.destinationPort);
                flow.adopt(Flow.ESTABLISHED, began);
                verdict.is(Role.ESTABLISHED, began, Technique.NONE, Outcome.OPEN);
            }
        }
    }

    private void probe(int chunk, Technique technique) {
        flow.begin(Flow.PROBING, technique, true);
        flow.numbers(chunk, 0);
    }

    private void establish(Verdict verdict) {
        flow.phase(Flow.ESTABLISHED);
        verdict.is(Role.ESTABLISHED, true, flow.technique(), Outcome.OPEN);
    }

    private void close(int phase, Verdict verdict) {
        if (phase != Flow.CLOSING) {
            flow.phase(Flow.CLOSING);
            verdict.is(Role.CLOSING, flow.fromInitiator(), flow.technique(), Outcome.NONE);
        }
    }

    private static boolean ends(int chunk) {
        return chunk == ABORT || chunk == SHUTDOWN || chunk == SHUTDOWN_ACK || chunk == SHUTDOWN_COMPLETE;
    }
}
