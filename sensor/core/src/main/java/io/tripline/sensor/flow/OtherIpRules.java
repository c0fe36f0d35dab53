package io.tripline.sensor.flow;

import io.tripline.schemas.Outcome;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;
import io.tripline.sensor.decode.PacketView;

/**
 * Judges packets of IP protocols without ports that Tripline knows: a conversation is two addresses and the
 * protocol.
 */
final class OtherIpRules {
    private final Flow flow;
    private final DatagramRules datagrams;

    OtherIpRules(Flow flow) {
        this.flow = flow;
        this.datagrams = new DatagramRules(flow);
    }

    void judge(PacketView view, Verdict verdict) {
        boolean known = flow.find(
                view.sourceHigh, view.sourceLow, 0, view.destinationHigh, view.destinationLow, 0, view.protocol, false);
        if (known) {
            datagrams.judge(verdict);
            return;
        }
        boolean probe = Reach.isHost(view.sourceHigh, view.sourceLow) && !Reach.toGroup(view);
        Technique technique = probe ? Technique.IP_PROTOCOL : Technique.NONE;
        flow.begin(Flow.PROBING, technique, true);
        verdict.is(Role.FIRST, true, technique, Outcome.NONE);
    }
}
