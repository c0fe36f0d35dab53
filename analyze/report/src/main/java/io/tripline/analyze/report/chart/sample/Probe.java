package io.tripline.analyze.report.chart.sample;

import io.tripline.rules.incident.Probing;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;

/** One port of a target, or IP protocol, tried in one way, and what became of it. */
final class Probe {
    private final int protocol;
    private final int port;
    private final Probing probing;
    private final long first;
    private boolean answersVisible;
    private Outcome outcome = Outcome.NONE;

    /**
     * A probe without an answer yet.
     *
     * @param first capture time, microseconds
     */
    Probe(int protocol, int port, Probing probing, long first, boolean answersVisible) {
        this.protocol = protocol;
        this.port = port;
        this.probing = probing;
        this.first = first;
        this.answersVisible = answersVisible;
    }

    /**
     * Notes an answer; that somebody accepted weighs more than that somebody refused, and this more than that a router
     * gave up.
     */
    void answer(Outcome answer) {
        outcome = rank(answer) > rank(outcome) ? answer : outcome;
        answersVisible = true;
    }

    private static int rank(Outcome outcome) {
        return switch (outcome) {
            case OPEN -> 3;
            case CLOSED -> 2;
            case EXPIRED -> 1;
            case NONE -> 0;
        };
    }

    /** The port; the number of the protocol where IP protocols are probed. */
    int port() {
        return port;
    }

    long first() {
        return first;
    }

    boolean isOpen() {
        return outcome == Outcome.OPEN;
    }

    /** Whether it is a packet on its way to somewhere, as traceroute sends it. */
    boolean isExpired() {
        return outcome == Outcome.EXPIRED;
    }

    String transport() {
        if (probing == Probing.IP_PROTOCOL) {
            return "ip";
        }
        return switch (protocol) {
            case IpProtocol.TCP -> "tcp";
            case IpProtocol.SCTP -> "sctp";
            default -> "udp";
        };
    }

    /** As alerts name it. */
    String techniqueName() {
        return probing.id();
    }

    String outcomeName() {
        return switch (outcome) {
            case OPEN -> "open";
            case CLOSED -> "closed";
            case EXPIRED, NONE -> answersVisible ? "filtered" : "unseen";
        };
    }
}
