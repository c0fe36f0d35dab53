package io.tripline.sensor.decode;

import org.jspecify.annotations.Nullable;

/** Reads ICMP and ICMPv6 messages: queries, errors with the packet they quote, and neighbour discovery. */
final class IcmpLayer {
    private final PacketView view;
    private final Cursor cursor;
    private final QuotedPacket quoted = new QuotedPacket();
    private final IcmpHeader icmp = new IcmpHeader();
    private final Icmpv6Header icmpv6 = new Icmpv6Header();
    private final NdpMessage ndp = new NdpMessage();

    IcmpLayer(PacketView view, Cursor cursor) {
        this.view = view;
        this.cursor = cursor;
    }

    @Nullable
    Unread icmp() {
        if (cursor.declared < IcmpHeader.MINIMUM_LENGTH) {
            return Unread.ICMP_HEADER_INVALID;
        }
        if (cursor.available < Math.min(cursor.declared, IcmpHeader.LENGTH)) {
            return Unread.ICMP_HEADER_TRUNCATED;
        }
        icmp.wrap(cursor.buffer, cursor.offset, cursor.available);
        view.rare = true;
        view.sourcePort = icmp.type();
        view.destinationPort = icmp.code();
        view.icmpIdentifier = icmp.identifier();
        view.icmpSequence = icmp.sequence();
        cursor.skip(IcmpHeader.LENGTH);
        if (icmp.isError()) {
            quoted.ipv4(view, cursor);
        }
        return null;
    }

    @Nullable
    Unread icmpv6() {
        if (cursor.declared < Icmpv6Header.MINIMUM_LENGTH) {
            return Unread.ICMP_HEADER_INVALID;
        }
        if (cursor.available < Math.min(cursor.declared, Icmpv6Header.LENGTH)) {
            return Unread.ICMP_HEADER_TRUNCATED;
        }
        icmpv6.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (icmpv6.isNeighbour() && cursor.available < cursor.declared) {
            return Unread.ICMP_HEADER_TRUNCATED;
        }
        view.rare = true;
        view.sourcePort = icmpv6.type();
        view.destinationPort = icmpv6.code();
        view.icmpIdentifier = icmpv6.identifier();
        view.icmpSequence = icmpv6.sequence();
        if (icmpv6.isNeighbour()) {
            neighbour();
        } else if (icmpv6.isRouterAdvertisement()) {
            router();
        }
        cursor.skip(Icmpv6Header.LENGTH);
        if (icmpv6.isError()) {
            quoted.ipv6(view, cursor);
        }
        return null;
    }

    private void neighbour() {
        ndp.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (ndp.isComplete()) {
            view.ndpTargetHigh = ndp.targetHigh();
            view.ndpTargetLow = ndp.targetLow();
            view.senderMac = ndp.linkAddress(NdpMessage.SOURCE_LINK_ADDRESS);
            view.targetMac = ndp.linkAddress(NdpMessage.TARGET_LINK_ADDRESS);
            view.ndpFlags = ndp.flags();
        }
    }

    /** What of it was captured: a router that gives no hardware address goes by that of the frame. */
    private void router() {
        ndp.wrap(cursor.buffer, cursor.offset, cursor.available);
        view.senderMac = ndp.linkAddress(NdpMessage.SOURCE_LINK_ADDRESS);
    }
}
