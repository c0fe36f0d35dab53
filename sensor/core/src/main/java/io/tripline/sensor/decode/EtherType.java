package io.tripline.sensor.decode;

/**
 * EtherTypes that lead to an IP or ARP packet.
 *
 * @see <a href="https://www.iana.org/assignments/ieee-802-numbers">IEEE 802 numbers</a>
 */
final class EtherType {
    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int VLAN = 0x8100;
    static final int IPV6 = 0x86dd;
    static final int MPLS = 0x8847;
    static final int MPLS_UPSTREAM = 0x8848;
    static final int PPPOE_SESSION = 0x8864;
    static final int PROVIDER_BRIDGING = 0x88a8;

    /** Tag protocol identifiers of switches before 802.1ad. */
    static final int OLD_QINQ = 0x9100;

    static final int OLDER_QINQ = 0x9200;

    /** Up to this it is the length of an 802.3 frame. */
    static final int MAXIMUM_LENGTH = 1500;

    /** The smallest EtherType; what lies between is neither. */
    static final int MINIMUM = 1536;

    private EtherType() {}
}
