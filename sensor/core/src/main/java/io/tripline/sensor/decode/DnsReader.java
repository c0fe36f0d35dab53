package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

/** Finds the DNS message in a payload whose ports say that there should be one, or that can be nothing else. */
final class DnsReader {
    private static final int DNS = 53;
    private static final int NETBIOS_NAMES = 137;
    private static final int MULTICAST_DNS = 5353;
    private static final int LINK_LOCAL_NAMES = 5355;

    private final PacketView view;
    private final Cursor cursor;
    private final DnsMessage message = new DnsMessage();

    DnsReader(PacketView view, Cursor cursor) {
        this.view = view;
        this.cursor = cursor;
    }

    static boolean isDns(int sourcePort, int destinationPort) {
        return isDns(sourcePort) || isDns(destinationPort);
    }

    private static boolean isDns(int port) {
        return port == DNS || port == MULTICAST_DNS || port == LINK_LOCAL_NAMES || port == NETBIOS_NAMES;
    }

    /**
     * Reads the message that begins at the cursor.
     *
     * @param size bytes of the message, captured or not
     */
    void udp(int size) {
        read(0, cursor.available, size);
    }

    /** Reads the message at the cursor if it is one without doubt, where ports do not tell. */
    void udpOnAnyPort(int size) {
        message.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (message.isComplete() && message.isCertain(size)) {
            message.read(view.dnsView, size);
            view.dns = view.dnsView.complete ? view.dnsView : null;
        }
    }

    /**
     * Reads the message behind the length at the cursor (RFC 1035, 4.2.2); a segment in the middle of one has no
     * plausible length.
     */
    void tcp() {
        if (cursor.available < 2) {
            return;
        }
        int size = cursor.buffer.getShort(cursor.offset, BIG_ENDIAN) & 0xffff;
        read(2, Math.min(cursor.available - 2, size), size);
    }

    private void read(int skipped, int available, int size) {
        message.wrap(cursor.buffer, cursor.offset + skipped, available);
        if (message.isComplete() && message.isPlausible(size)) {
            message.read(view.dnsView, size);
            if (view.dnsView.complete || !isNetbios()) {
                view.dns = view.dnsView;
            }
        }
    }

    /** What comes from or to this port may be anything: only a question that was read to its end tells. */
    private boolean isNetbios() {
        return view.sourcePort == NETBIOS_NAMES || view.destinationPort == NETBIOS_NAMES;
    }
}
