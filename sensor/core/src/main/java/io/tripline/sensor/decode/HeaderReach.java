package io.tripline.sensor.decode;

import io.tripline.schemas.IpProtocol;
import org.agrona.DirectBuffer;

/** How far into a datagram its transport header reaches. */
final class HeaderReach {
    /** Bytes of ICMP up to and with the identifier; of SCTP up to and with the first chunk's header. */
    private static final int ICMP = 8;

    private static final int SCTP = 16;

    private HeaderReach() {}

    /**
     * Whether the first bytes of a datagram hold all of its headers up to and with that of the transport.
     *
     * @param protocol what the first byte belongs to
     */
    static boolean covers(int protocol, boolean ipv4, DirectBuffer buffer, int offset, int length) {
        int next = protocol;
        int at = 0;
        while (isExtension(next, ipv4)) {
            if (length - at < 8) {
                return false;
            }
            int units = buffer.getByte(offset + at + 1) & 0xff;
            int bytes = next == Ipv6ExtensionHeader.AUTHENTICATION ? (units + 2) << 2 : (units + 1) << 3;
            next = buffer.getByte(offset + at) & 0xff;
            at += bytes;
            if (at > length) {
                return false;
            }
        }
        int rest = length - at;
        return switch (next) {
            case IpProtocol.TCP -> rest >= TcpHeader.MINIMUM_LENGTH && rest >= tcpLength(buffer, offset + at);
            case IpProtocol.UDP -> rest >= UdpHeader.LENGTH;
            case IpProtocol.SCTP -> rest >= SCTP;
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> rest >= ICMP;
            default -> true;
        };
    }

    private static int tcpLength(DirectBuffer buffer, int offset) {
        return (buffer.getByte(offset + TcpHeader.OFFSET_FLAGS) & 0xf0) >> 2;
    }

    private static boolean isExtension(int protocol, boolean ipv4) {
        return protocol == Ipv6ExtensionHeader.AUTHENTICATION || (!ipv4 && Ipv6Extensions.isExtension(protocol));
    }
}
