package io.tripline.sensor.decode;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of one packet that the flow table needs, innermost headers of a tunnel. Reused from packet to
 * packet.
 *
 * <p>Plain fields, because this is the hand-over between decoder and flow table at millions of packets a second. A
 * field that the packet does not have is 0.
 */
public final class PacketView {
    /** Why the packet could not be read to its transport header; null where it was read. */
    public @Nullable Unread unread;

    /** Capture time, nanoseconds since the epoch. */
    public long time;

    /** Bytes on the wire from the link-layer header on. */
    public int length;

    /** EtherType of the innermost link-layer payload. */
    public int etherType;

    /** Link-layer sender and receiver, lower 48 bits. */
    public long linkSource;

    public long linkDestination;

    /** Outermost VLAN identifier; 0 where untagged. */
    public int vlan;

    /**
     * IP protocol number, {@link io.tripline.schemas.IpProtocol#ARP} for ARP, -1 for anything that is not IP or ARP.
     */
    public int protocol;

    /** Addresses as in {@link io.tripline.schemas.Address}; for ARP the protocol addresses. */
    public long sourceHigh;

    public long sourceLow;
    public long destinationHigh;
    public long destinationLow;

    /** Time to live or hop limit. */
    public int ttl;

    /** IPv4 identification, or that of an IPv6 fragment header. */
    public int ipId;

    /** Whether this is a fragment whose transport header is (still) not known: only addresses and protocol are set. */
    public boolean fragment;

    /** Ports (TCP, UDP, SCTP). ICMP: type and code. ARP: operation and 0. */
    public int sourcePort;

    public int destinationPort;

    /** Bytes after the transport header, as the IP (and UDP) header tells; may be more than was captured. */
    public int payloadLength;

    /** Where the payload begins in {@link #buffer}, and how much of it was captured. */
    public int payloadOffset;

    public int payloadCaptured;

    public int tcpFlags;
    public int tcpWindow;
    /** Bit set as in {@code PacketRecord.tcpOptions}. */
    public int tcpOptions;

    public long tcpSequence;
    public long tcpAcknowledgment;

    /** UDP length field. */
    public int udpLength;

    /**
     * First chunk type of an SCTP packet; -1 where it has none. 0 (DATA) says nothing in a packet of another protocol.
     */
    public int sctpChunk;

    /** ICMP identifier of echo and other queries. */
    public int icmpIdentifier;

    /** ICMP sequence number of these. */
    public int icmpSequence;

    /** ICMP(v6) error: whether the packet it quotes could be read, and what it was. */
    public boolean quoted;

    public int quotedProtocol;
    public long quotedSourceHigh;
    public long quotedSourceLow;
    public long quotedDestinationHigh;
    public long quotedDestinationLow;
    /** Ports of the quoted packet; ICMP identifier as source port of a quoted ICMP query. */
    public int quotedSourcePort;

    public int quotedDestinationPort;

    /**
     * Hardware addresses inside ARP; of NDP the source and the target link-layer address option of a solicitation or
     * advertisement, of neighbours or of a router.
     */
    public long senderMac;

    public long targetMac;

    /** NDP: the target address of a solicitation or advertisement. */
    public long ndpTargetHigh;

    public long ndpTargetLow;

    /** Flags of a neighbour advertisement: 4 router, 2 solicited, 1 override. */
    public int ndpFlags;

    /** The DNS message in the payload, where ports say that there should be one and it was readable; else null. */
    public @Nullable DnsView dns;

    /** The bytes; valid until the next packet. */
    public @Nullable DirectBuffer buffer;

    /** Tunnels that were entered on the way to these headers. */
    public int tunnels;

    /** The one DNS view, in {@link #dns} where the packet has a message. */
    final DnsView dnsView = new DnsView();

    /** Whether fields that few packets have may be other than 0. */
    boolean rare;

    /**
     * Back to a packet of which nothing is known. Fields that few packets have are cleared only after one that had
     * them.
     */
    void clear() {
        unread = null;
        etherType = 0;
        linkSource = 0;
        linkDestination = 0;
        vlan = 0;
        tunnels = 0;
        clearNetwork();
        sourcePort = 0;
        destinationPort = 0;
        payloadLength = 0;
        payloadOffset = 0;
        payloadCaptured = 0;
        tcpFlags = 0;
        tcpWindow = 0;
        tcpOptions = 0;
        tcpSequence = 0;
        tcpAcknowledgment = 0;
        udpLength = 0;
        dns = null;
        if (rare) {
            clearRare();
        }
    }

    /** Forgets the carrier's headers on the way into a tunnel. */
    void clearNetwork() {
        protocol = -1;
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
        ttl = 0;
        ipId = 0;
        fragment = false;
    }

    private void clearRare() {
        rare = false;
        sctpChunk = 0;
        icmpIdentifier = 0;
        icmpSequence = 0;
        quoted = false;
        quotedProtocol = 0;
        quotedSourceHigh = 0;
        quotedSourceLow = 0;
        quotedDestinationHigh = 0;
        quotedDestinationLow = 0;
        quotedSourcePort = 0;
        quotedDestinationPort = 0;
        senderMac = 0;
        targetMac = 0;
        ndpTargetHigh = 0;
        ndpTargetLow = 0;
        ndpFlags = 0;
    }
}
