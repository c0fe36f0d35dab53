package io.tripline.sensor.program;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps a sensor from capturing what it publishes, which would make more to publish. Only connections of this host with
 * the brokers' port are left out: what others do to the brokers is seen.
 */
final class OwnTraffic {
    private static final int MOST = 64;

    private OwnTraffic() {}

    /** The user's filter without own connections; as it is where no broker can be found. */
    static String exclude(List<InetSocketAddress> brokers, String filter) {
        Set<String> own = new LinkedHashSet<>();
        for (InetSocketAddress broker : brokers) {
            try {
                for (InetAddress address : InetAddress.getAllByName(broker.getHostString())) {
                    own.add("(tcp port " + broker.getPort() + " and host " + bare(address) + " and host "
                            + bare(local(address)) + ")");
                }
            } catch (UnknownHostException | SocketException e) {
                // A broker that has no address here gets no packets from here either.
            }
        }
        if (own.isEmpty() || own.size() > MOST) {
            return filter;
        }
        String others = "not (" + String.join(" or ", own) + ")";
        return filter.isBlank() ? others : "(" + filter + ") and " + others;
    }

    /** Brokers as they are named by the user: {@code HOST:PORT,HOST:PORT}. */
    static List<InetSocketAddress> named(String brokers) {
        return List.of(brokers.split(",", -1)).stream()
                .map(String::strip)
                .map(HostPort::parse)
                .filter(java.util.Objects::nonNull)
                .map(place -> InetSocketAddress.createUnresolved(place.host(), place.port()))
                .toList();
    }

    private static InetAddress local(InetAddress to) throws SocketException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(to, 9)); // sends nothing, only looks the route up
            return socket.getLocalAddress();
        }
    }

    private static String bare(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }
}
