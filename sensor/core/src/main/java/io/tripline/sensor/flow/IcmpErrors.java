package io.tripline.sensor.flow;

import io.tripline.schemas.Conversation;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;
import io.tripline.sensor.decode.PacketView;

/**
 * Finds the conversation that an ICMP error quotes, and tells what became of it (RFC 792, RFC 1122, 3.2.2, RFC
 * 4443).
 */
final class IcmpErrors {
    private static final int UNREACHABLE = 3;
    private static final int FRAGMENTATION_NEEDED = 4;
    private static final int TIME_EXCEEDED = 11;
    private static final int UNREACHABLE_V6 = 1;
    private static final int TIME_EXCEEDED_V6 = 3;
    private static final int PARAMETER_PROBLEM_V6 = 4;
    private static final int NEXT_HEADER_UNRECOGNISED = 1;

    private final Flow flow;

    IcmpErrors(Flow flow) {
        this.flow = flow;
    }

    void judge(PacketView view, Verdict verdict) {
        if (!view.quoted) {
            return;
        }
        if (find(view)) {
            known(view, verdict);
        } else {
            unknown(view, verdict);
        }
    }

    private void known(PacketView view, Verdict verdict) {
        verdict.about = conversation(
                flow.initiatorHigh(),
                flow.initiatorLow(),
                flow.responderHigh(),
                flow.responderLow(),
                view.quotedProtocol,
                flow.initiatorPort(),
                flow.responderPort());
        if (!flow.fromInitiator()) {
            verdict.is(Role.OTHER, true, Technique.NONE, Outcome.NONE);
            return;
        }
        Technique technique = flow.technique();
        if (flow.phase() > Flow.REFUSED) {
            verdict.is(Role.OTHER, false, technique, Outcome.NONE);
            return;
        }
        Outcome outcome = outcome(view);
        if (outcome == Outcome.CLOSED) {
            flow.phase(Flow.REFUSED);
        }
        flow.seenAnswered();
        flow.save();
        verdict.is(Role.ANSWER, false, technique, outcome);
    }

    private static void unknown(PacketView view, Verdict verdict) {
        boolean ports = hasPorts(view.quotedProtocol);
        boolean answer = ports && ServicePorts.answers(view.quotedSourcePort, view.quotedDestinationPort);
        if (answer) {
            verdict.about = conversation(
                    view.quotedDestinationHigh,
                    view.quotedDestinationLow,
                    view.quotedSourceHigh,
                    view.quotedSourceLow,
                    view.quotedProtocol,
                    view.quotedDestinationPort,
                    view.quotedSourcePort);
            verdict.is(Role.OTHER, true, Technique.NONE, Outcome.NONE);
        } else {
            verdict.about = conversation(
                    view.quotedSourceHigh,
                    view.quotedSourceLow,
                    view.quotedDestinationHigh,
                    view.quotedDestinationLow,
                    view.quotedProtocol,
                    view.quotedSourcePort,
                    view.quotedDestinationPort);
            verdict.is(Role.ANSWER, false, Technique.NONE, outcome(view));
        }
    }

    private boolean find(PacketView view) {
        return switch (view.quotedProtocol) {
            case IpProtocol.ICMP ->
                findQuery(view, IcmpRules.ECHO)
                        || findQuery(view, IcmpRules.TIMESTAMP)
                        || findQuery(view, IcmpRules.MASK)
                        || findQuery(view, IcmpRules.INFORMATION);
            case IpProtocol.ICMPV6 -> findQuery(view, IcmpRules.ECHO);
            default -> findPorts(view);
        };
    }

    private boolean findPorts(PacketView view) {
        boolean ports = hasPorts(view.quotedProtocol);
        return flow.find(
                view.quotedSourceHigh,
                view.quotedSourceLow,
                ports ? view.quotedSourcePort : 0,
                view.quotedDestinationHigh,
                view.quotedDestinationLow,
                ports ? view.quotedDestinationPort : 0,
                view.quotedProtocol,
                view.quotedProtocol == IpProtocol.TCP || view.quotedProtocol == IpProtocol.SCTP);
    }

    private boolean findQuery(PacketView view, int sort) {
        return flow.findQuestion(
                view.quotedSourceHigh,
                view.quotedSourceLow,
                view.quotedDestinationHigh,
                view.quotedDestinationLow,
                view.quotedSourcePort,
                view.quotedProtocol,
                sort);
    }

    private static Outcome outcome(PacketView view) {
        int type = view.sourcePort;
        int code = view.destinationPort;
        if (view.protocol == IpProtocol.ICMP) {
            return switch (type) {
                case UNREACHABLE -> code == FRAGMENTATION_NEEDED ? Outcome.NONE : Outcome.CLOSED;
                case TIME_EXCEEDED -> code == 0 ? Outcome.EXPIRED : Outcome.NONE;
                default -> Outcome.NONE;
            };
        }
        return switch (type) {
            case UNREACHABLE_V6 -> Outcome.CLOSED;
            case TIME_EXCEEDED_V6 -> code == 0 ? Outcome.EXPIRED : Outcome.NONE;
            case PARAMETER_PROBLEM_V6 -> code == NEXT_HEADER_UNRECOGNISED ? Outcome.CLOSED : Outcome.NONE;
            default -> Outcome.NONE;
        };
    }

    private static boolean hasPorts(int protocol) {
        return protocol == IpProtocol.TCP || protocol == IpProtocol.UDP || protocol == IpProtocol.SCTP;
    }

    private static Conversation conversation(
            long initiatorHigh,
            long initiatorLow,
            long responderHigh,
            long responderLow,
            int protocol,
            int initiatorPort,
            int responderPort) {
        Conversation about = new Conversation();
        about.setInitiatorHigh(initiatorHigh);
        about.setInitiatorLow(initiatorLow);
        about.setResponderHigh(responderHigh);
        about.setResponderLow(responderLow);
        about.setProtocol(protocol);
        about.setInitiatorPort(hasPorts(protocol) ? initiatorPort : 0);
        about.setResponderPort(hasPorts(protocol) ? responderPort : 0);
        return about;
    }
}
