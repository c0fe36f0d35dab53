package io.tripline.sensor.program;

import org.jspecify.annotations.Nullable;

/** An address to listen on. */
record HostPort(String host, int port) {
    /** {@code HOST:PORT}, an IPv6 address in brackets; null where it is none. */
    static @Nullable HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            return null;
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return port > 65_535 || host.isEmpty() ? null : new HostPort(host, port);
    }
}
