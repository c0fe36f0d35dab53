package io.tripline.sensor.decode;

import java.util.Locale;

/** Why a packet could not be read. Counted, never thrown. */
public enum Unread {
    LINK_TYPE_UNKNOWN,
    LINK_HEADER_TRUNCATED,
    TAGS_TOO_DEEP,
    TUNNEL_TOO_DEEP,
    TUNNEL_HEADER_TRUNCATED,
    IP_VERSION_UNKNOWN,
    IPV4_HEADER_TRUNCATED,
    IPV4_HEADER_INVALID,
    IPV6_HEADER_TRUNCATED,
    IPV6_HEADER_INVALID,
    IPV6_EXTENSIONS_TRUNCATED,
    IPV6_EXTENSIONS_INVALID,
    AUTHENTICATION_HEADER_TRUNCATED,
    ARP_TRUNCATED,
    ARP_INVALID,
    TCP_HEADER_TRUNCATED,
    TCP_HEADER_INVALID,
    UDP_HEADER_TRUNCATED,
    UDP_HEADER_INVALID,
    SCTP_HEADER_TRUNCATED,
    SCTP_HEADER_INVALID,
    ICMP_HEADER_TRUNCATED,
    ICMP_HEADER_INVALID,
    CAPTURE_EMPTY;

    private final String reason = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in documents, lower case with dashes. */
    public String reason() {
        return reason;
    }
}
