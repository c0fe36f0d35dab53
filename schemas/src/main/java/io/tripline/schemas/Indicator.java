package io.tripline.schemas;

/**
 * A fact about one packet, cheap and certain. Indicators are counted and listed as evidence; none of them alerts alone.
 *
 * <p>The bit of an indicator in {@code PacketRecord.indicators} is {@link #bit()}. Bits are never reused.
 */
public enum Indicator {
    SYN_SMALL_WINDOW("syn-small-window", "SYN scan detected: SYN flag with window size <= 1024"),
    SYN_LARGE_WINDOW("syn-large-window", "TCP connect scan detected: SYN flag with window size > 1024"),
    XMAS("xmas", "XMAS scan detected"),
    NULL("null", "NULL scan detected"),
    FIN("fin", "FIN scan detected"),
    UDP_EMPTY("udp-empty", "UDP scan detected: Packet length <= 8"),
    FLAGS_ILLEGAL("flags-illegal", "Illegal TCP flag combination"),
    ACK_ORPHAN("ack-orphan", "ACK that belongs to no conversation"),
    SYNACK_ORPHAN("synack-orphan", "SYN-ACK that belongs to no conversation"),
    RST_ORPHAN("rst-orphan", "RST that belongs to no conversation"),
    ARP_GRATUITOUS("arp-gratuitous", "Gratuitous ARP detected"),
    ARP_CONFLICT("arp-conflict", "ARP poisoning detected: IP has multiple MAC addresses");

    private final String id;
    private final String reportName;

    Indicator(String id, String reportName) {
        this.id = id;
        this.reportName = reportName;
    }

    /** The identifier in documents, lower case with dashes. */
    public String id() {
        return id;
    }

    /** The name under which incident reports list it. */
    public String reportName() {
        return reportName;
    }

    /** The one bit that stands for this indicator in a bit set. */
    public int bit() {
        return 1 << ordinal();
    }
}
