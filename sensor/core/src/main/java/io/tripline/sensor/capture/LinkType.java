package io.tripline.sensor.capture;

/**
 * The link types whose packets Tripline reads, with their LINKTYPE_ numbers (https://www.tcpdump.org/linktypes.html).
 */
public enum LinkType {
    /** BSD loopback: address family in the byte order of the capturing host. */
    NULL(0),
    ETHERNET(1),
    /** Raw IP as some systems write it into files: their DLT_RAW number. */
    RAW_12(12),
    RAW_14(14),
    /** Raw IP, version from the first nibble. */
    RAW(101),
    /** OpenBSD loopback: address family in network byte order. */
    LOOP(108),
    LINUX_SLL(113),
    IPV4(228),
    IPV6(229),
    LINUX_SLL2(276);

    private final int number;

    LinkType(int number) {
        this.number = number;
    }

    /** The LINKTYPE_ number, as {@link PacketSink} takes it. */
    public int number() {
        return number;
    }

    /** Whether packets of the link type with this number can be read. */
    public static boolean readable(int number) {
        for (LinkType type : values()) {
            if (type.number == number) {
                return true;
            }
        }
        return false;
    }
}
