package io.tripline.schemas;

/**
 * Numbers of the protocols that Tripline tells apart, as they stand in {@code PacketRecord.protocol}.
 *
 * @see <a href="https://www.iana.org/assignments/protocol-numbers">IANA protocol numbers</a>
 */
public final class IpProtocol {
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ICMPV6 = 58;
    public static final int SCTP = 132;

    /** ARP is no IP protocol; it has the first number above them. */
    public static final int ARP = 256;

    private IpProtocol() {}
}
