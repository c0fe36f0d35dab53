package io.tripline.sensor.flow;

import io.tripline.schemas.Indicator;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;
import io.tripline.sensor.decode.PacketView;

/**
 * Judges UDP datagrams (RFC 768).
 *
 * <p>A question to a group (SSDP, mDNS, NBNS, DHCP) is answered by hosts that were never addressed: so who asked a
 * group, and from which port, is remembered for a while.
 */
final class UdpRules {
    private static final int HEADER = 8;
    private static final int ASKERS = 4_096;
    private static final long ASKED = 180 * StreamClock.SECOND;

    private final Flow flow;
    private final DatagramRules datagrams;
    private final RecentAddresses askers = new RecentAddresses(ASKERS);

    UdpRules(Flow flow) {
        this.flow = flow;
        this.datagrams = new DatagramRules(flow);
    }

    void judge(PacketView view, long time, Verdict verdict) {
        boolean known = flow.find(
                view.sourceHigh,
                view.sourceLow,
                view.sourcePort,
                view.destinationHigh,
                view.destinationLow,
                view.destinationPort,
                IpProtocol.UDP,
                false);
        if (known) {
            datagrams.judge(verdict);
            if (flow.technique() == Technique.NONE && Reach.toGroup(view)) {
                asked(view, time);
            }
        } else {
            first(view, time, verdict);
        }
        if (view.udpLength <= HEADER) {
            verdict.indicators |= Indicator.UDP_EMPTY.bit();
            verdict.record = true;
        }
    }

    private void first(PacketView view, long time, Verdict verdict) {
        if (Reach.toGroup(view)) {
            asked(view, time);
            flow.begin(Flow.PROBING, Technique.NONE, true);
            verdict.is(Role.FIRST, true, Technique.NONE, Outcome.NONE);
        } else if (answersUnseen(view, time)) {
            flow.adopt(Flow.ESTABLISHED, false);
            verdict.is(Role.ANSWER, false, Technique.NONE, Outcome.OPEN);
        } else {
            boolean host = Reach.isHost(view.sourceHigh, view.sourceLow);
            Technique technique = host ? Technique.UDP : Technique.NONE;
            flow.begin(Flow.PROBING, technique, true);
            verdict.is(Role.FIRST, true, technique, Outcome.NONE);
        }
    }

    /** An empty datagram answers nothing, whatever its ports: scanners send it from port 53 to be let through. */
    private boolean answersUnseen(PacketView view, long time) {
        if (view.udpLength <= HEADER) {
            return false;
        }
        if ((view.dns != null && view.dns.response) || ServicePorts.answers(view.sourcePort, view.destinationPort)) {
            return true;
        }
        long asked = askers.get(view.destinationHigh, view.destinationLow, view.destinationPort);
        return asked != 0 && time - asked <= ASKED;
    }

    private void asked(PacketView view, long time) {
        askers.put(view.sourceHigh, view.sourceLow, view.sourcePort, Math.max(1, time));
    }
}
