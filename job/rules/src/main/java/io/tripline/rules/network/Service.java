package io.tripline.rules.network;

import io.tripline.schemas.IpProtocol;

/**
 * What a probe asks for at its target, as one int: transport in the upper bits, port in the lower 16.
 *
 * <p>ICMP queries, ARP and neighbour solicitations have port 0. A probe for an IP protocol as such has transport 0 and the
 * protocol number as its port.
 */
public final class Service {
    /** Transport of probes for IP protocols as such. */
    public static final int ANY_PROTOCOL = 0;

    private Service() {}

    public static int of(int transport, int port) {
        return transport << 16 | port;
    }

    public static int transport(int service) {
        return service >>> 16;
    }

    public static int port(int service) {
        return service & 0xffff;
    }

    /** Whether the port number names something a person would call a port. */
    public static boolean hasPort(int service) {
        int transport = transport(service);
        return transport == IpProtocol.TCP || transport == IpProtocol.UDP || transport == IpProtocol.SCTP;
    }

    /** Whether a number tells it from others of its transport: a port or an IP protocol. */
    public static boolean numbered(int service) {
        return hasPort(service) || transport(service) == ANY_PROTOCOL;
    }

    /** Name of the transport as in {@code network.transport}: {@code tcp}, {@code udp}, {@code icmp} and so on. */
    public static String transportName(int service) {
        return switch (transport(service)) {
            case ANY_PROTOCOL -> "ip";
            case IpProtocol.TCP -> "tcp";
            case IpProtocol.UDP -> "udp";
            case IpProtocol.SCTP -> "sctp";
            case IpProtocol.ICMP -> "icmp";
            case IpProtocol.ICMPV6 -> "ipv6-icmp";
            case IpProtocol.ARP -> "arp";
            default -> "ip-" + transport(service);
        };
    }

    /** For people: {@code 443/tcp}, {@code icmp}, {@code IP protocol 47}. */
    public static String text(int service) {
        if (transport(service) == ANY_PROTOCOL) {
            return "IP protocol " + port(service);
        }
        return hasPort(service) ? port(service) + "/" + transportName(service) : transportName(service);
    }
}
