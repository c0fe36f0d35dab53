package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;

/**
 * Reads the packet that an ICMP error quotes (RFC 792; RFC 4443, 2.4): its IP header and the first 8 bytes behind it,
 * where ports and identifier are. Nothing is told of a quote that is too short to say whose conversation it is about.
 */
final class QuotedPacket {
    /** What an error quotes at least of the quoted packet's own payload. */
    private static final int TRANSPORT = 8;

    private final Cursor rest = new Cursor();
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final Ipv6FragmentHeader fragment = new Ipv6FragmentHeader();
    private final Ipv6Extensions extensions = new Ipv6Extensions();
    private final IcmpHeader icmp = new IcmpHeader();
    private final Icmpv6Header icmpv6 = new Icmpv6Header();

    /** Reads a quoted IPv4 packet. Its total length is not looked at: routers have altered it. */
    void ipv4(PacketView view, Cursor cursor) {
        ipv4.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!ipv4.isComplete()
                || ipv4.version() != 4
                || ipv4.headerLength() < Ipv4Header.MINIMUM_LENGTH
                || ipv4.headerLength() > cursor.available) {
            return;
        }
        rest.reset(cursor.buffer, cursor.offset, cursor.available, cursor.available);
        rest.skip(ipv4.headerLength());
        if (transport(view, ipv4.protocol(), IpProtocol.ICMP, ipv4.fragmentOffset() == 0)) {
            view.quotedSourceLow = Address.mapIpv4(ipv4.source());
            view.quotedDestinationLow = Address.mapIpv4(ipv4.destination());
        }
    }

    void ipv6(PacketView view, Cursor cursor) {
        ipv6.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!ipv6.isComplete() || !ipv6.isValid()) {
            return;
        }
        rest.reset(cursor.buffer, cursor.offset, cursor.available, cursor.available);
        rest.skip(Ipv6Header.LENGTH);
        int next = extensions.skip(rest, ipv6.nextHeader());
        boolean first = true;
        if (next == Ipv6ExtensionHeader.FRAGMENT
                && fragment.wrap(rest.buffer, rest.offset, rest.available).isComplete()) {
            first = fragment.fragmentOffset() == 0;
            rest.skip(Ipv6FragmentHeader.LENGTH);
            next = first ? extensions.skip(rest, fragment.nextHeader()) : fragment.nextHeader();
        }
        if (next >= 0 && transport(view, next, IpProtocol.ICMPV6, first)) {
            view.quotedSourceHigh = ipv6.sourceHigh();
            view.quotedSourceLow = ipv6.sourceLow();
            view.quotedDestinationHigh = ipv6.destinationHigh();
            view.quotedDestinationLow = ipv6.destinationLow();
        }
    }

    /** Reads ports or identifier of the quoted packet; those of a later fragment are not in it. */
    private boolean transport(PacketView view, int protocol, int ownIcmp, boolean first) {
        boolean ports = protocol == IpProtocol.TCP || protocol == IpProtocol.UDP || protocol == IpProtocol.SCTP;
        if ((ports || protocol == ownIcmp) && (!first || rest.available < TRANSPORT)) {
            return false;
        }
        view.quoted = true;
        view.quotedProtocol = protocol;
        if (ports) {
            view.quotedSourcePort = rest.buffer.getShort(rest.offset, BIG_ENDIAN) & 0xffff;
            view.quotedDestinationPort = rest.buffer.getShort(rest.offset + 2, BIG_ENDIAN) & 0xffff;
        } else if (protocol == ownIcmp) {
            view.quotedSourcePort = protocol == IpProtocol.ICMP
                    ? icmp.wrap(rest.buffer, rest.offset, rest.available).identifier()
                    : icmpv6.wrap(rest.buffer, rest.offset, rest.available).identifier();
        }
        return true;
    }
}
