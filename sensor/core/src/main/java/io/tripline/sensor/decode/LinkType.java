package io.tripline.sensor.decode;

/**
 * Link types that can be read, as capture files number them.
 *
 * @see <a href="https://www.tcpdump.org/linktypes.html">Link-layer header types</a>
 */
public final class LinkType {
    /** BSD loopback, address family in the order of the host that wrote the capture. */
    public static final int NULL = 0;

    public static final int ETHERNET = 1;
    public static final int PPP = 9;

    /** Raw IP as some systems numbered it before {@link #RAW}. */
    public static final int OLD_RAW = 12;

    public static final int OLD_BSD_RAW = 14;

    /** IPv4 or IPv6 without a link-layer header. */
    public static final int RAW = 101;

    /** BSD loopback, address family in network order. */
    public static final int LOOP = 108;

    public static final int LINUX_SLL = 113;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    public static final int LINUX_SLL2 = 276;

    private LinkType() {}
}
