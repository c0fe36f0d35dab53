package io.tripline.rules.probe;

import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.TcpFlags;
import io.tripline.schemas.Technique;

/**
 * Kinds of packet whose only use is to see how a stack answers what no program ever asks: who sends several of them wants to know the
 * operating system. A port scanner's NULL, XMAS and ACK packets carry no options, so they are none of these.
 *
 * <p>Source: G. Lyon, "Nmap Network Scanning", chapter 8; O. Arkin, F. Yarochkin, "Xprobe v2.0", 2002, on ICMP.
 */
public enum OsProbe {
    NULL_WITH_OPTIONS(0, "segment without flags that has options of a SYN"),
    SYN_FIN_PSH_URG(1, "SYN, FIN, PSH and URG at once with options"),
    XMAS_WITH_OPTIONS(2, "FIN, PSH and URG with options of a SYN"),
    ACK_WITH_OPTIONS(3, "ACK out of the blue with options of a SYN"),
    ECN_SYN(4, "SYN that offers congestion notification, with a window of a few bytes"),
    SYN_TINY_WINDOW(5, "SYN with time stamps and a window of a few bytes"),
    ECHO_WITH_CODE(6, "ICMP echo request with a code, which has no meaning"),
    CONSTANT_DATAGRAM(7, "datagram of one byte repeated"),
    ICMP_TIMESTAMP(8, "ICMP timestamp request"),
    ICMP_INFORMATION(9, "ICMP information request"),
    ICMP_MASK(10, "ICMP address mask request");

    /** How many kinds there are; their numbers are part of stored state and never change. */
    static final int KINDS = 11;

    /** All of them in a {@link Contact}'s marks. */
    public static final int ANY = ((1 << KINDS) - 1) << Contact.OS_PROBES;

    /** Options that only a SYN may carry: MSS, window scale, SACK permitted (RFC 9293, 3.2; RFC 7323; RFC 2018). */
    private static final int SYN_ONLY = 1 | 2 | 4;

    private static final int TIMESTAMPS = 16;

    /** Windows of the probes are 1 to 512; a stack offers at least one segment, and more than this where it uses time stamps. */
    private static final int TINY_WINDOW = 512;

    private static final int ECN = TcpFlags.SYN | TcpFlags.ECE | TcpFlags.CWR;
    private static final int IMPOSSIBLE = TcpFlags.SYN | TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG;
    private static final int LONG_DATAGRAM = 200;

    private final int number;
    private final String text;

    OsProbe(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }

    /** Its bit among a {@link Contact}'s marks. */
    public int bit() {
        return 1 << (Contact.OS_PROBES + number);
    }

    /** The mark of a packet that is one of these; 0 for all others. */
    static int mark(PacketRecord packet) {
        return switch (packet.getProtocol()) {
            case IpProtocol.TCP -> tcp(packet);
            case IpProtocol.UDP ->
                packet.getEntropy() == 0 && packet.getPayload() >= LONG_DATAGRAM ? CONSTANT_DATAGRAM.bit() : 0;
            case IpProtocol.ICMP -> icmp(packet);
            case IpProtocol.ICMPV6 ->
                packet.getSourcePort() == 128 && packet.getDestinationPort() != 0 ? ECHO_WITH_CODE.bit() : 0;
            default -> 0;
        };
    }

    private static int tcp(PacketRecord packet) {
        int options = packet.getTcpOptions();
        if (options == 0) {
            return 0;
        }
        if (packet.getTechnique() == Technique.SYN) {
            if (packet.getWindow() > TINY_WINDOW) {
                return 0;
            }
            boolean ecn = (packet.getTcpFlags() & ECN) == ECN;
            return ecn ? ECN_SYN.bit() : (options & TIMESTAMPS) != 0 ? SYN_TINY_WINDOW.bit() : 0;
        }
        if ((options & SYN_ONLY) == 0) {
            return 0;
        }
        return switch (packet.getTechnique()) {
            case NULL -> NULL_WITH_OPTIONS.bit();
            case XMAS -> XMAS_WITH_OPTIONS.bit();
            case ACK -> ACK_WITH_OPTIONS.bit();
            case ILLEGAL_FLAGS -> (packet.getTcpFlags() & TcpFlags.CONTROL) == IMPOSSIBLE ? SYN_FIN_PSH_URG.bit() : 0;
            default -> 0;
        };
    }

    private static int icmp(PacketRecord packet) {
        return switch (packet.getSourcePort()) {
            case 8 -> packet.getDestinationPort() != 0 ? ECHO_WITH_CODE.bit() : 0;
            case 13 -> ICMP_TIMESTAMP.bit();
            case 15 -> ICMP_INFORMATION.bit();
            case 17 -> ICMP_MASK.bit();
            default -> 0;
        };
    }
}
