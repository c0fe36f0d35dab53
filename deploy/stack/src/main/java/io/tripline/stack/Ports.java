package io.tripline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback address. */
public final class Ports {
    private static final int QUICK = (int) Duration.ofSeconds(2).toMillis();

    private Ports() {}

    /** So many ports that nobody listens on, all different. */
    public static List<Integer> free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.add(socket.getLocalPort());
            }
            return ports;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } finally {
            held.forEach(Ports::close);
        }
    }

    /** Whether a server could listen there. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // connections of an earlier server may linger
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Whether somebody listens there. */
    public static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), QUICK);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    static void requireFree(int port, String server, String option) {
        if (!isFree(port)) {
            throw new StackError("port " + port + " for " + server + " is taken by another program; choose one with "
                    + option + " (ss -ltnp 'sport = " + port + "' shows whose it is)");
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
