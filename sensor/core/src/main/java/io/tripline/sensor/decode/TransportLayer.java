package io.tripline.sensor.decode;

import io.tripline.schemas.IpProtocol;
import org.jspecify.annotations.Nullable;

/** Reads TCP, UDP, SCTP, ICMP and ICMPv6 headers, and what the sensor wants of the payload behind them. */
final class TransportLayer {
    private final PacketView view;
    private final Cursor cursor;
    private final Tunnels tunnels;
    private final IcmpLayer icmp;
    private final DnsReader dns;
    private final TcpHeader tcp = new TcpHeader();
    private final TcpOptions options = new TcpOptions();
    private final UdpHeader udp = new UdpHeader();
    private final SctpHeader sctp = new SctpHeader();

    TransportLayer(PacketView view, Cursor cursor, Tunnels tunnels) {
        this.view = view;
        this.cursor = cursor;
        this.tunnels = tunnels;
        icmp = new IcmpLayer(view, cursor);
        dns = new DnsReader(view, cursor);
    }

    /** Reads the header of {@code view.protocol}. */
    Layer read() {
        return switch (view.protocol) {
            case IpProtocol.TCP -> tcp();
            case IpProtocol.UDP -> udp();
            case IpProtocol.SCTP -> sctp();
            case IpProtocol.ICMP -> done(icmp.icmp());
            default -> done(icmp.icmpv6());
        };
    }

    /** Takes all that is left as payload. */
    Layer payload() {
        view.payloadOffset = cursor.offset;
        view.payloadCaptured = cursor.available;
        view.payloadLength = cursor.declared;
        return Layer.DONE;
    }

    private Layer tcp() {
        tcp.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (cursor.available < Math.min(cursor.declared, TcpHeader.TO_WINDOW)) {
            return unread(
                    cursor.declared < TcpHeader.TO_FLAGS ? Unread.TCP_HEADER_INVALID : Unread.TCP_HEADER_TRUNCATED);
        }
        if (cursor.declared < TcpHeader.TO_FLAGS) {
            return unread(Unread.TCP_HEADER_INVALID);
        }
        view.sourcePort = tcp.sourcePort();
        view.destinationPort = tcp.destinationPort();
        view.tcpSequence = tcp.sequence();
        view.tcpAcknowledgment = tcp.acknowledgment();
        view.tcpFlags = tcp.flags();
        view.tcpWindow = tcp.isComplete() ? tcp.window() : 0;
        int length = tcp.headerLength();
        if (length > TcpHeader.MINIMUM_LENGTH) {
            view.tcpOptions = options(length);
        } else if (length < TcpHeader.MINIMUM_LENGTH || cursor.declared < length) {
            view.tcpOptions = TcpOptions.UNREADABLE;
            length = TcpHeader.MINIMUM_LENGTH;
        }
        cursor.skip(length);
        if (cursor.available > 0 && DnsReader.isDns(view.sourcePort, view.destinationPort)) {
            dns.tcp();
        }
        return payload();
    }

    private int options(int headerLength) {
        if (headerLength > cursor.declared) {
            return TcpOptions.UNREADABLE;
        }
        int captured = Math.min(headerLength, cursor.available) - TcpHeader.MINIMUM_LENGTH;
        if (captured < headerLength - TcpHeader.MINIMUM_LENGTH) {
            return TcpOptions.UNREADABLE;
        }
        return options.wrap(cursor.buffer, cursor.offset + TcpHeader.MINIMUM_LENGTH, captured)
                .kinds();
    }

    private Layer udp() {
        udp.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (cursor.declared < UdpHeader.TO_PORTS) {
            return unread(Unread.UDP_HEADER_INVALID);
        }
        if (cursor.available < Math.min(cursor.declared, UdpHeader.LENGTH)) {
            return unread(Unread.UDP_HEADER_TRUNCATED);
        }
        int sourcePort = udp.sourcePort();
        int destinationPort = udp.destinationPort();
        int length = cursor.available >= UdpHeader.TO_LENGTH ? udp.length() : 0;
        cursor.skip(UdpHeader.LENGTH);
        if (length >= UdpHeader.LENGTH && length - UdpHeader.LENGTH < cursor.declared) {
            cursor.limit(length - UdpHeader.LENGTH);
        }
        if (destinationPort == VxlanHeader.PORT) {
            @Nullable Layer inside = tunnels.insideVxlan();
            if (inside != null) {
                return inside;
            }
        }
        view.sourcePort = sourcePort;
        view.destinationPort = destinationPort;
        view.udpLength = length;
        if (cursor.available > 0 && DnsReader.isDns(sourcePort, destinationPort)) {
            dns.udp(Math.max(cursor.declared, length - UdpHeader.LENGTH));
        } else if (cursor.available > 0) {
            dns.udpOnAnyPort(Math.max(cursor.declared, length - UdpHeader.LENGTH));
        }
        return payload();
    }

    private Layer sctp() {
        sctp.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (cursor.declared < SctpHeader.LENGTH) {
            return unread(Unread.SCTP_HEADER_INVALID);
        }
        if (cursor.available < Math.min(cursor.declared, SctpHeader.TO_CHUNK_TYPE)) {
            return unread(Unread.SCTP_HEADER_TRUNCATED);
        }
        view.rare = true;
        view.sourcePort = sctp.sourcePort();
        view.destinationPort = sctp.destinationPort();
        view.sctpChunk = sctp.chunkType();
        cursor.skip(SctpHeader.LENGTH);
        return payload();
    }

    private Layer done(@Nullable Unread reason) {
        view.unread = reason;
        return reason == null ? payload() : Layer.DONE;
    }

    private Layer unread(Unread reason) {
        view.unread = reason;
        return Layer.DONE;
    }
}
