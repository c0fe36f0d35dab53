package io.tripline.rules.network;

import io.tripline.schemas.IpProtocol;

/** What services are usually found at a port (IANA's registry, and custom): a name for people, no proof of what is spoken there. */
public final class ServiceNames {
    private ServiceNames() {}

    /** Layers of a conversation below Ethernet as a path: {@code ip/tcp/https}, {@code ipv6/udp/dns}, {@code arp}. */
    public static String path(boolean ipv4, int service) {
        int transport = Service.transport(service);
        if (transport == IpProtocol.ARP) {
            return "arp";
        }
        String network = ipv4 ? "ip/" : "ipv6/";
        if (transport == Service.ANY_PROTOCOL) {
            return network + "protocol-" + Service.port(service);
        }
        String below = network + (transport == IpProtocol.ICMPV6 ? "icmpv6" : Service.transportName(service));
        String name = name(service);
        return name.isEmpty() ? below : below + "/" + name;
    }

    /** The name of a service; empty where none is usual. */
    public static String name(int service) {
        return switch (Service.transport(service)) {
            case IpProtocol.TCP -> tcp(Service.port(service));
            case IpProtocol.UDP -> udp(Service.port(service));
            default -> "";
        };
    }

    private static String tcp(int port) {
        return switch (port) {
            case 20 -> "ftp-data";
            case 21 -> "ftp";
            case 22 -> "ssh";
            case 23 -> "telnet";
            case 25, 465, 587 -> "smtp";
            case 53 -> "dns";
            case 80, 8000, 8080, 3128 -> "http";
            case 88 -> "kerberos";
            case 110, 995 -> "pop3";
            case 111 -> "rpcbind";
            case 135 -> "msrpc";
            case 139 -> "netbios-ssn";
            case 143, 993 -> "imap";
            case 179 -> "bgp";
            case 389, 636 -> "ldap";
            case 443, 8443 -> "https";
            case 445 -> "smb";
            case 502 -> "modbus";
            case 514 -> "syslog";
            case 853 -> "dns-over-tls";
            case 873 -> "rsync";
            case 1433 -> "mssql";
            case 1521 -> "oracle";
            case 1883, 8883 -> "mqtt";
            case 2049 -> "nfs";
            case 3306 -> "mysql";
            case 3389 -> "rdp";
            case 5060, 5061 -> "sip";
            case 5201 -> "iperf3";
            case 5432 -> "postgresql";
            case 5900 -> "vnc";
            case 5985, 5986 -> "winrm";
            case 6379 -> "redis";
            case 9092 -> "kafka";
            case 9200 -> "elasticsearch";
            case 27017 -> "mongodb";
            default -> "";
        };
    }

    private static String udp(int port) {
        return switch (port) {
            case 53 -> "dns";
            case 67, 68 -> "dhcp";
            case 69 -> "tftp";
            case 88 -> "kerberos";
            case 123 -> "ntp";
            case 137 -> "netbios-ns";
            case 138 -> "netbios-dgm";
            case 161, 162 -> "snmp";
            case 389 -> "ldap";
            case 443 -> "quic";
            case 500, 4500 -> "ipsec";
            case 514 -> "syslog";
            case 546, 547 -> "dhcpv6";
            case 1194 -> "openvpn";
            case 1900 -> "ssdp";
            case 3478 -> "stun";
            case 3702 -> "ws-discovery";
            case 4789 -> "vxlan";
            case 5060 -> "sip";
            case 5353 -> "mdns";
            case 5355 -> "llmnr";
            case 51820 -> "wireguard";
            default -> "";
        };
    }
}
