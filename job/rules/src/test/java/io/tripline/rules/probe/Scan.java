package io.tripline.rules.probe;

import io.tripline.rules.engine.Wire;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.TcpFlags;

/** A port scan to be varied: how, how fast, what answers. */
public final class Scan {
    public static final String SCANNER = "192.168.1.66";
    static final String TARGET = "192.168.1.10";
    private static final String SCANNER6 = "fd00::66";
    private static final String TARGET6 = "fd00::10";

    /** What probes look like, and what closed and open ports answer. */
    public enum Way {
        SYN(TcpFlags.SYN, true),
        CONNECT(TcpFlags.SYN, true),
        FIN(TcpFlags.FIN, false),
        NULL(0, false),
        XMAS(TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG, false),
        MAIMON(TcpFlags.FIN | TcpFlags.ACK, false),
        ACK(TcpFlags.ACK, false),
        SYN_FIN(TcpFlags.SYN | TcpFlags.FIN, true),
        SYN_PSH(TcpFlags.SYN | TcpFlags.PSH, true),
        SYN_ACK(TcpFlags.SYN | TcpFlags.ACK, false),
        PSH(TcpFlags.PSH, false),
        URG_PSH(TcpFlags.URG | TcpFlags.PSH, false),
        ALL(TcpFlags.CONTROL, false),
        UDP(0, true);

        final int flags;

        /** Whether an open port answers at all. */
        final boolean openAnswers;

        Way(int flags, boolean openAnswers) {
            this.flags = flags;
            this.openAnswers = openAnswers;
        }
    }

    private final Way way;
    private int ports = 60;
    private int firstPort = 1;
    private int sourcePort = -1;
    private double gap = 0.01;
    private double open;
    private double filtered;
    private boolean ipv6;

    public Scan(Way way) {
        this.way = way;
    }

    public Scan ports(int count) {
        ports = count;
        return this;
    }

    Scan from(int port) {
        firstPort = port;
        return this;
    }

    Scan sourcePort(int port) {
        sourcePort = port;
        return this;
    }

    public Scan gap(double seconds) {
        gap = seconds;
        return this;
    }

    /** This share of the ports is open, this share is silent whatever they are. */
    public Scan open(double share, double silent) {
        open = share;
        filtered = silent;
        return this;
    }

    public Scan ipv6() {
        ipv6 = true;
        return this;
    }

    String scanner() {
        return ipv6 ? SCANNER6 : SCANNER;
    }

    public Wire play(Wire wire) {
        double start = wire.now();
        String from = scanner();
        String to = ipv6 ? TARGET6 : TARGET;
        for (int i = 0; i < ports; i++) {
            wire.at(start + i * gap);
            int port = firstPort + i;
            int source = sourcePort < 0 ? 40_000 + (way == Way.CONNECT ? i : 0) : sourcePort;
            boolean isOpen = (int) ((i + 1) * open) > (int) (i * open);
            boolean silent = (int) ((i + 1) * filtered) > (int) (i * filtered);
            if (way == Way.UDP) {
                wire.udp(from, source, to, port, 0);
                if (isOpen) {
                    wire.udp(to, port, from, source, 20);
                } else if (!silent) {
                    wire.unreachable(to, IpProtocol.UDP, from, source, to, port);
                }
                continue;
            }
            if (way == Way.CONNECT) {
                wire.tcp(from, source, to, port, way.flags, 1_000 + i, 0, 0);
            } else {
                wire.crafted(from, source, to, port, way.flags);
            }
            if (isOpen && way.openAnswers) {
                wire.tcp(to, port, from, source, TcpFlags.SYN | TcpFlags.ACK, 5, 1_001 + i, 0);
                wire.tcp(from, source, to, port, TcpFlags.RST, 1_001 + i, 0, 0);
            } else if (!isOpen && !silent) {
                wire.tcp(to, port, from, source, TcpFlags.RST | TcpFlags.ACK, 0, 1_001 + i, 0);
            }
        }
        return wire;
    }
}
