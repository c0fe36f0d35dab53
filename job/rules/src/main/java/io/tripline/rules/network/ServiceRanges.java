package io.tripline.rules.network;

import org.roaringbitmap.RoaringBitmap;

/** Tells services in few words. */
public final class ServiceRanges {
    private static final int LISTED = 60;

    private ServiceRanges() {}

    /** Ports of one transport after another as {@code tcp 1-1000,8080; udp 53; arp}; ends in an ellipsis where there are too many. */
    public static String text(RoaringBitmap services) {
        StringBuilder text = new StringBuilder();
        int ranges = 0;
        int from = -1;
        int to = -1;
        for (int service : services) {
            boolean next = service == to + 1 || !Service.numbered(service);
            if (from >= 0 && next && Service.transport(service) == Service.transport(from)) {
                to = service;
                continue;
            }
            if (from >= 0) {
                append(text, from, to);
                if (++ranges == LISTED) {
                    return text.append(",…").toString();
                }
                text.append(Service.transport(service) == Service.transport(from) ? "," : "; ");
            }
            if (from < 0 || Service.transport(service) != Service.transport(from)) {
                text.append(Service.transportName(service));
            }
            from = service;
            to = service;
        }
        if (from >= 0) {
            append(text, from, to);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int from, int to) {
        if (!Service.numbered(from)) {
            return;
        }
        text.append(text.charAt(text.length() - 1) == ',' ? "" : " ").append(Service.port(from));
        if (to > from) {
            text.append('-').append(Service.port(to));
        }
    }
}
