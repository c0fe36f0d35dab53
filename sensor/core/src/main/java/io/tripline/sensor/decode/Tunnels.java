package io.tripline.sensor.decode;

import org.jspecify.annotations.Nullable;

/**
 * Ways into a packet that another carries.
 *
 * <p>A tunnel is entered only where its header and the first bits inside are right. Where they are not, the carrying
 * packet stands for itself: a protocol scan sends bare IP headers with protocol 4, 41 and 47.
 */
final class Tunnels {
    static final int IPV4_IN_IP = 4;
    static final int IPV6_IN_IP = 41;
    static final int GRE = 47;

    private static final int MAXIMUM_DEPTH = 4;

    private final PacketView view;
    private final Cursor cursor;
    private final boolean open;
    private boolean shut;
    private final GreHeader gre = new GreHeader();
    private final VxlanHeader vxlan = new VxlanHeader();

    Tunnels(PacketView view, Cursor cursor, boolean open) {
        this.view = view;
        this.cursor = cursor;
        this.open = open;
    }

    /** Lets no packet in for a while: the bytes of one whose header came in fragments are not all in one place. */
    void shut(boolean shut) {
        this.shut = shut;
    }

    /** The layer inside an IP protocol that may be a tunnel; {@code null} where the packet stands for itself. */
    @Nullable
    Layer insideIp(int protocol) {
        if (!open || shut) {
            return null;
        }
        return switch (protocol) {
            case IPV4_IN_IP -> holdsIp(0, 4) ? enter(0, Layer.IPV4, EtherType.IPV4) : null;
            case IPV6_IN_IP -> holdsIp(0, 6) ? enter(0, Layer.IPV6, EtherType.IPV6) : null;
            case GRE -> insideGre();
            default -> null;
        };
    }

    private @Nullable Layer insideGre() {
        if (cursor.declared < GreHeader.MINIMUM_LENGTH) {
            return null;
        }
        gre.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (cursor.available < GreHeader.MINIMUM_LENGTH) {
            return truncated();
        }
        if (!gre.isValid()) {
            return null;
        }
        int length = gre.length();
        return switch (gre.protocolType()) {
            case EtherType.IPV4 -> holdsIp(length, 4) ? enter(length, Layer.IPV4, EtherType.IPV4) : null;
            case EtherType.IPV6 -> holdsIp(length, 6) ? enter(length, Layer.IPV6, EtherType.IPV6) : null;
            case GreHeader.TRANSPARENT_ETHERNET ->
                cursor.declared >= length + EthernetHeader.LENGTH ? enter(length, Layer.ETHERNET, 0) : null;
            default -> null;
        };
    }

    /** The layer inside a VXLAN header at the cursor; {@code null} where there is none. */
    @Nullable
    Layer insideVxlan() {
        if (!open || shut || cursor.declared < VxlanHeader.LENGTH + EthernetHeader.LENGTH) {
            return null;
        }
        vxlan.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!vxlan.isComplete()) {
            return truncated();
        }
        return vxlan.isValid() ? enter(VxlanHeader.LENGTH, Layer.ETHERNET, 0) : null;
    }

    /** Whether an IP header of this version may begin after so many bytes. One that the capture cut off may. */
    private boolean holdsIp(int skipped, int version) {
        int length = version == 4 ? Ipv4Header.MINIMUM_LENGTH : Ipv6Header.LENGTH;
        return cursor.declared >= skipped + length
                && (cursor.available <= skipped || cursor.buffer.getByte(cursor.offset + skipped) >> 4 == version);
    }

    private Layer enter(int skipped, Layer inside, int etherType) {
        if (++view.tunnels > MAXIMUM_DEPTH) {
            view.unread = Unread.TUNNEL_TOO_DEEP;
            return Layer.DONE;
        }
        view.clearNetwork();
        view.etherType = etherType;
        cursor.skip(skipped);
        return inside;
    }

    private Layer truncated() {
        view.unread = Unread.TUNNEL_HEADER_TRUNCATED;
        return Layer.DONE;
    }
}
