package io.tripline.sensor.decode;

import java.util.List;

/**
 * Which of the headers that tshark names is the innermost one, and which one an ICMP error quotes.
 *
 * @param ip "ip" or "ipv6"; this and the other names are empty where there is none
 * @param ipIndex occurrence of that name which is meant
 * @param transport "tcp", "udp", "sctp", "icmp" or "icmpv6"
 * @param quoted "ip" or "ipv6" inside an ICMP message
 */
record Layers(String ip, int ipIndex, String transport, int transportIndex, String quoted, int quotedIndex) {
    static Layers of(List<String> protocols) {
        int icmp = protocols.size();
        for (int i = protocols.size() - 1; i >= 0; i--) {
            if (protocols.get(i).equals("icmp") || protocols.get(i).equals("icmpv6")) {
                icmp = i;
            }
        }
        String ip = "";
        String transport = "";
        String quoted = "";
        int ipAt = 0;
        int transportAt = 0;
        int quotedAt = 0;
        for (int i = 0; i < protocols.size(); i++) {
            switch (protocols.get(i)) {
                case "ip", "ipv6" -> {
                    if (i < icmp) {
                        ip = protocols.get(i);
                        ipAt = i;
                        transport = "";
                    } else if (quoted.isEmpty()) {
                        quoted = protocols.get(i);
                        quotedAt = i;
                    }
                }
                case "tcp", "udp", "sctp", "icmp", "icmpv6" -> {
                    if (i <= icmp && transport.isEmpty()) {
                        transport = protocols.get(i);
                        transportAt = i;
                    }
                }
                default -> {}
            }
        }
        return new Layers(
                ip,
                occurrence(protocols, ip, ipAt),
                transport,
                occurrence(protocols, transport, transportAt),
                quoted,
                occurrence(protocols, quoted, quotedAt));
    }

    private static int occurrence(List<String> protocols, String name, int at) {
        return name.isEmpty()
                ? 0
                : (int) protocols.subList(0, at).stream().filter(name::equals).count();
    }
}
