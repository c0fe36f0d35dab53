package io.tripline.sensor.flow;

import java.util.BitSet;

/** Who serves and who asks, judged by ports alone: for conversations whose beginning was not seen. */
final class ServicePorts {
    private static final int FIRST_REGISTERED = 1024;
    private static final int DHCP_SERVER = 67;
    private static final int DHCP_CLIENT = 68;
    private static final int DHCPV6_CLIENT = 546;
    private static final int DHCPV6_SERVER = 547;

    /** Registered ports (IANA) of services that are met often; those below 1024 are services anyway. */
    private static final int[] REGISTERED = {
        1080, 1194, 1433, 1521, 1645, 1646, 1701, 1723, 1812, 1813, 1883, 1900, 2049, 2181, 2375, 2376, 2379, 3000,
        3128, 3268, 3306, 3389, 3478, 3702, 4500, 4789, 5000, 5060, 5061, 5201, 5222, 5353, 5355, 5432, 5601, 5672,
        5900, 5985, 5986, 6379, 6443, 6667, 8000, 8008, 8080, 8081, 8086, 8443, 8883, 8888, 9000, 9042, 9090, 9092,
        9100, 9200, 9300, 9418, 11211, 27017, 51820
    };

    private static final BitSet SERVICES = services();

    private ServicePorts() {}

    static boolean isService(int port) {
        return port < FIRST_REGISTERED || SERVICES.get(port);
    }

    /** Whether a TCP segment between these ports looks like one from server to client. */
    static boolean fromServer(int sourcePort, int destinationPort) {
        return isService(sourcePort) && destinationPort >= FIRST_REGISTERED && destinationPort > sourcePort;
    }

    /** Whether a TCP segment between these ports can only be one from client to server. */
    static boolean toServer(int sourcePort, int destinationPort) {
        return !isService(sourcePort) && isService(destinationPort);
    }

    /**
     * Whether the sender is who began, where nothing but the ports can tell: the lower of two ports serves if it is
     * a service's.
     */
    static boolean senderBegan(int sourcePort, int destinationPort) {
        return !isService(sourcePort) || destinationPort <= sourcePort;
    }

    /** Whether a datagram between these ports looks like an answer: from a service to an ephemeral port. */
    static boolean answers(int sourcePort, int destinationPort) {
        return (isService(sourcePort) && !isService(destinationPort))
                || (sourcePort == DHCP_SERVER && destinationPort == DHCP_CLIENT)
                || (sourcePort == DHCPV6_SERVER && destinationPort == DHCPV6_CLIENT);
    }

    private static BitSet services() {
        BitSet ports = new BitSet(1 << 16);
        for (int port : REGISTERED) {
            ports.set(port);
        }
        return ports;
    }
}
