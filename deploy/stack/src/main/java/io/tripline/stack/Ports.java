package io.tripline.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Ports of the loopback address. */
public final class Ports {
    private static final int LOWEST = 15_000;
    private static final int LOWEST_OF_CLIENTS = 32_768;
    private static final int QUICK = (int) Duration.ofSeconds(2).toMillis();

    private Ports() {}

    /**
     * So many ports that nobody listens on, all different. None is among those that a system gives to clients (from
     * 32768 on by default): while a server is down, a client could otherwise get its port, even the very client that
     * tries to reach it.
     */
    public static List<Integer> free(int count) {
        return new Random()
                .ints(LOWEST, LOWEST_OF_CLIENTS)
                .distinct()
                .filter(Ports::isFree)
                .limit(count)
                .boxed()
                .toList();
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
}
