package io.tripline.schemas;

/**
 * A fact about one packet, cheap and certain. Indicators are counted and listed as evidence; none of them alerts alone.
 *
 * <p>The bit of an indicator in {@code PacketRecord.indicators} is {@link #bit()}. Bits are never reused.
 */
public enum Indicator {
    SYN_SMALL_WINDOW(1, "syn-small-window", "SYN scan detected: SYN flag with window size <= 1024"),
    SYN_LARGE_WINDOW(2, "syn-large-window", "TCP connect scan detected: SYN flag with window size > 1024"),
    XMAS(4, "xmas", "XMAS scan detected"),
    NULL(8, "null", "NULL scan detected"),
    FIN(16, "fin", "FIN scan detected"),
    UDP_EMPTY(32, "udp-empty", "UDP scan detected: Packet length <= 8"),
    FLAGS_ILLEGAL(64, "flags-illegal", "Illegal TCP flag combination"),
    ACK_ORPHAN(128, "ack-orphan", "ACK that belongs to no conversation"),
    SYNACK_ORPHAN(256, "synack-orphan", "SYN-ACK that belongs to no conversation"),
    RST_ORPHAN(512, "rst-orphan", "RST that belongs to no conversation"),
    ARP_GRATUITOUS(1024, "arp-gratuitous", "Gratuitous ARP detected"),
    ARP_CONFLICT(2048, "arp-conflict", "ARP poisoning detected: IP has multiple MAC addresses"),
    ICMP_TUNNEL(4096, "icmp-tunnel", "Potential ICMP tunneling detected"),
    DNS_TUNNEL(8192, "dns-tunnel", "Potential DNS tunneling detected"),
    PAYLOAD_HIGH_ENTROPY(16384, "payload-high-entropy", "High payload entropy"),
    VOLUME(32768, "volume", "Anomalous traffic volume detected");

    private final int bit;
    private final String id;
    private final String reportName;

    Indicator(int bit, String id, String reportName) {
        this.bit = bit;
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
        return bit;
    }

    /** Which of the given bits stand for indicators; a newer sensor may know more than this program. */
    public static int known(int bits) {
        return bits & VOLUME.bit * 2 - 1;
    }

    /** The indicator with the given bit. */
    public static Indicator ofBit(int bit) {
        for (Indicator indicator : values()) {
            if (indicator.bit == bit) {
                return indicator;
            }
        }
        throw new IllegalArgumentException("bit " + bit + " is not an indicator");
    }
}
