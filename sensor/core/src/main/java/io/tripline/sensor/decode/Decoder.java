package io.tripline.sensor.decode;

import org.agrona.DirectBuffer;

/** Reads the headers of one packet after another into a {@link PacketView}. Not for several threads. */
public final class Decoder {
    private final PacketView view = new PacketView();
    private final Cursor cursor = new Cursor();
    private final LinkLayer link = new LinkLayer(view, cursor);
    private final TransportLayer transport;
    private final FragmentTable fragments;
    private final NetworkLayer network;

    /** With {@link DecoderSettings#standard()}. */
    public Decoder() {
        this(DecoderSettings.standard());
    }

    public Decoder(DecoderSettings settings) {
        Tunnels tunnels = new Tunnels(view, cursor, settings.insideTunnels());
        transport = new TransportLayer(view, cursor, tunnels);
        fragments = new FragmentTable(
                settings.fragmentedPackets(), settings.fragmentTimeout().toNanos());
        network = new NetworkLayer(view, cursor, transport, tunnels, fragments);
    }

    /**
     * Reads one packet. The result is the same object each time and valid until the next call.
     *
     * @param time capture time, nanoseconds since the epoch
     * @param linkType LINKTYPE_ number of the capture
     * @param captured bytes available from {@code offset}; no byte beyond them is read
     * @param length bytes on the wire
     */
    public PacketView decode(long time, int linkType, DirectBuffer buffer, int offset, int captured, int length) {
        view.clear();
        view.time = time;
        view.length = length;
        if (view.buffer != buffer) {
            view.buffer = buffer;
        }
        if (captured <= 0) {
            view.unread = Unread.CAPTURE_EMPTY;
            return view;
        }
        cursor.reset(buffer, offset, captured, length);
        Layer layer = link.begin(linkType);
        while (layer != Layer.DONE) {
            layer = switch (layer) {
                case IPV4 -> network.ipv4();
                case TRANSPORT -> transport.read();
                case IPV6 -> network.ipv6();
                case ETHERNET -> link.ethernet();
                case ARP -> network.arp();
                case DONE -> Layer.DONE;
            };
        }
        return view;
    }

    /** Packets in fragments that were forgotten for want of room before their header was whole. */
    public long fragmentedPacketsForgotten() {
        return fragments.forgotten();
    }
}
