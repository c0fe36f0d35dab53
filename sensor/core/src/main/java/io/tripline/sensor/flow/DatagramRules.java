package io.tripline.sensor.flow;

import io.tripline.schemas.Outcome;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;

/** Judges further packets of known conversations without connections: UDP, and IP protocols that have no ports. */
final class DatagramRules {
    /** More packets than this from one side alone are a stream (RTP, syslog), not somebody knocking. */
    static final int KNOCKS = 16;

    private final Flow flow;

    DatagramRules(Flow flow) {
        this.flow = flow;
    }

    void judge(Verdict verdict) {
        int phase = flow.phase();
        boolean fromInitiator = flow.fromInitiator();
        verdict.fromInitiator = fromInitiator;
        flow.count();
        Technique technique = flow.technique();
        if (phase <= Flow.REFUSED) {
            if (!fromInitiator) {
                flow.phase(Flow.ESTABLISHED);
                if (technique != Technique.NONE) {
                    flow.seenAnswered();
                }
                verdict.is(Role.ANSWER, false, technique, Outcome.OPEN);
            } else if (technique != Technique.NONE) {
                again(phase, technique, verdict);
            }
        }
        flow.save();
    }

    private void again(int phase, Technique technique, Verdict verdict) {
        if (phase == Flow.PROBING && flow.sent() > KNOCKS) {
            flow.phase(Flow.ESTABLISHED);
            verdict.is(Role.ESTABLISHED, true, technique, Outcome.OPEN);
        } else {
            verdict.is(Role.REPEAT, true, technique, Outcome.NONE);
        }
    }
}
