package io.tripline.schemas;

/** TCP control bits (RFC 9293, 3.1), as they stand in {@code PacketRecord.tcpFlags}. */
public final class TcpFlags {
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int PSH = 8;
    public static final int ACK = 16;
    public static final int URG = 32;
    public static final int ECE = 64;
    public static final int CWR = 128;

    /** Accurate ECN (RFC 9768), formerly the nonce sum bit. */
    public static final int AE = 256;

    /** The bits that say what a segment does; the others are about congestion. */
    public static final int CONTROL = FIN | SYN | RST | PSH | ACK | URG;

    private TcpFlags() {}
}
