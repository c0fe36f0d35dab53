package io.tripline.sensor.decode;

import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Reads ARP, IPv4 and IPv6 up to the transport header, through fragments and into tunnels. */
final class NetworkLayer {
    private final PacketView view;
    private final Cursor cursor;
    private final TransportLayer transport;
    private final Tunnels tunnels;
    private final FragmentTable fragments;
    private final ArpPacket arp = new ArpPacket();
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final Ipv6FragmentHeader fragmentHeader = new Ipv6FragmentHeader();
    private final Ipv6Extensions extensions = new Ipv6Extensions();
    private final AuthenticationHeader authentication = new AuthenticationHeader();

    NetworkLayer(PacketView view, Cursor cursor, TransportLayer transport, Tunnels tunnels, FragmentTable fragments) {
        this.view = view;
        this.cursor = cursor;
        this.transport = transport;
        this.tunnels = tunnels;
        this.fragments = fragments;
    }

    Layer arp() {
        arp.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (cursor.available < ArpPacket.TO_OPERATION) {
            return unread(Unread.ARP_TRUNCATED);
        }
        if (!arp.isValid()) {
            return unread(Unread.ARP_INVALID);
        }
        if (!arp.isComplete()) {
            return unread(Unread.ARP_TRUNCATED);
        }
        view.rare = true;
        view.protocol = IpProtocol.ARP;
        view.sourcePort = arp.operation();
        view.senderMac = arp.senderMac();
        view.sourceLow = Address.mapIpv4(arp.senderAddress());
        view.targetMac = arp.targetMac();
        view.destinationLow = Address.mapIpv4(arp.targetAddress());
        return Layer.DONE;
    }

    Layer ipv4() {
        ipv4.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!ipv4.isComplete()) {
            return unread(Unread.IPV4_HEADER_TRUNCATED);
        }
        if (!ipv4.isValid()) {
            return unread(Unread.IPV4_HEADER_INVALID);
        }
        int headerLength = ipv4.headerLength();
        if (cursor.available < headerLength) {
            return unread(Unread.IPV4_HEADER_TRUNCATED);
        }
        view.ipId = ipv4.identification();
        view.ttl = ipv4.timeToLive();
        view.sourceLow = Address.mapIpv4(ipv4.source());
        view.destinationLow = Address.mapIpv4(ipv4.destination());
        if (ipv4.totalLength() != 0) {
            cursor.limit(ipv4.totalLength());
        }
        cursor.skip(headerLength);
        int protocol = ipv4.protocol();
        view.protocol = protocol;
        if (ipv4.isFragment()) {
            return fragment(protocol, ipv4.fragmentOffset(), ipv4.moreFragments());
        }
        return upper(protocol, IpProtocol.ICMP);
    }

    Layer ipv6() {
        ipv6.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!ipv6.isComplete()) {
            return unread(Unread.IPV6_HEADER_TRUNCATED);
        }
        if (!ipv6.isValid()) {
            return unread(Unread.IPV6_HEADER_INVALID);
        }
        view.ttl = ipv6.hopLimit();
        view.sourceHigh = ipv6.sourceHigh();
        view.sourceLow = ipv6.sourceLow();
        view.destinationHigh = ipv6.destinationHigh();
        view.destinationLow = ipv6.destinationLow();
        int payload = ipv6.payloadLength();
        int next = ipv6.nextHeader();
        cursor.skip(Ipv6Header.LENGTH);
        cursor.limit(payload != 0 ? payload : extensions.lengthOfJumbogram(cursor, next));
        return afterExtensions(next);
    }

    /**
     * Follows the chain of extension headers; in the fragments of one datagram it goes on behind the fragment header.
     */
    private Layer afterExtensions(int first) {
        int next = extensions.skip(cursor, first);
        view.protocol = Math.max(next, -1);
        if (next < 0) {
            return unread(
                    next == Ipv6Extensions.TRUNCATED
                            ? Unread.IPV6_EXTENSIONS_TRUNCATED
                            : Unread.IPV6_EXTENSIONS_INVALID);
        }
        if (next != Ipv6ExtensionHeader.FRAGMENT || cursor.declared == 0) {
            return upper(next, IpProtocol.ICMPV6);
        }
        fragmentHeader.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!fragmentHeader.isComplete()) {
            return unread(
                    cursor.declared < Ipv6FragmentHeader.LENGTH
                            ? Unread.IPV6_EXTENSIONS_INVALID
                            : Unread.IPV6_EXTENSIONS_TRUNCATED);
        }
        cursor.skip(Ipv6FragmentHeader.LENGTH);
        view.ipId = fragmentHeader.identification();
        view.protocol = fragmentHeader.nextHeader();
        if (fragmentHeader.isFragment()) {
            return fragment(
                    fragmentHeader.nextHeader(), fragmentHeader.fragmentOffset(), fragmentHeader.moreFragments());
        }
        return behindFragmentHeader(fragmentHeader.nextHeader());
    }

    private Layer behindFragmentHeader(int first) {
        int next = extensions.skip(cursor, first);
        if (next < 0 || (next == Ipv6ExtensionHeader.FRAGMENT && cursor.declared > 0)) {
            return unread(
                    next == Ipv6Extensions.TRUNCATED
                            ? Unread.IPV6_EXTENSIONS_TRUNCATED
                            : Unread.IPV6_EXTENSIONS_INVALID);
        }
        view.protocol = next;
        return upper(next, IpProtocol.ICMPV6);
    }

    /** What an IP header's protocol leads to. ICMP of the other version of IP is a protocol like any other. */
    private Layer upper(int protocol, int icmp) {
        if (protocol == IpProtocol.TCP
                || protocol == IpProtocol.UDP
                || protocol == IpProtocol.SCTP
                || protocol == icmp) {
            return Layer.TRANSPORT;
        }
        if (protocol == Ipv6ExtensionHeader.AUTHENTICATION && icmp == IpProtocol.ICMP && cursor.declared > 0) {
            return authenticated();
        }
        @Nullable Layer inside = tunnels.insideIp(protocol);
        return inside != null ? inside : transport.payload();
    }

    /** What an authentication header protects in IPv4; a second one is taken as it is. */
    private Layer authenticated() {
        authentication.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (cursor.declared < AuthenticationHeader.MINIMUM_LENGTH) {
            return transport.payload();
        }
        if (!authentication.isComplete()) {
            return cursor.available >= 2 && cursor.declared < authentication.length()
                    ? transport.payload()
                    : unread(Unread.AUTHENTICATION_HEADER_TRUNCATED);
        }
        if (!authentication.isValid()) {
            return transport.payload();
        }
        cursor.skip(authentication.length());
        view.protocol = authentication.nextHeader();
        return view.protocol == Ipv6ExtensionHeader.AUTHENTICATION
                ? transport.payload()
                : upper(view.protocol, IpProtocol.ICMP);
    }

    /**
     * A part of a datagram. The first speaks for the datagram if it holds the transport header, or all that the capture
     * kept; where it is too small, whichever fragment brings the missing bytes does.
     */
    private Layer fragment(int protocol, int fragmentOffset, boolean more) {
        boolean speaks = fragmentOffset == 0
                && (cursor.declared >= FragmentTable.SPAN
                        || cursor.available < cursor.declared
                        || HeaderReach.covers(protocol, isIpv4(), cursor.buffer, cursor.offset, cursor.available));
        if (speaks) {
            return whole(protocol);
        }
        view.fragment = true;
        if (fragmentOffset < FragmentTable.SPAN && fragments.add(view, cursor, protocol, fragmentOffset, more)) {
            joined(protocol, fragmentOffset);
        }
        return Layer.DONE;
    }

    private Layer whole(int protocol) {
        return isIpv4() ? upper(protocol, IpProtocol.ICMP) : behindFragmentHeader(protocol);
    }

    /** Reads the header that is now together, and gives the view what this fragment has of the payload. */
    private void joined(int protocol, int fragmentOffset) {
        int offset = cursor.offset;
        int available = cursor.available;
        int declared = cursor.declared;
        DirectBuffer buffer = cursor.buffer;
        fragments.show(cursor);
        int begin = cursor.offset;
        view.fragment = false;
        tunnels.shut(true);
        if (whole(protocol) == Layer.TRANSPORT) {
            transport.read();
        }
        tunnels.shut(false);
        if (view.unread == null) {
            int header = view.payloadOffset - begin;
            cursor.reset(buffer, offset, available, declared);
            cursor.skip(Math.max(0, header - fragmentOffset));
            transport.payload();
        }
    }

    private boolean isIpv4() {
        return view.etherType == EtherType.IPV4;
    }

    private Layer unread(Unread reason) {
        view.unread = reason;
        return Layer.DONE;
    }
}
