package io.tripline.rules.incident;

import io.tripline.schemas.Technique;

/**
 * How a probe is made, under the names that alerts use. {@link #CONNECT} and {@link #WINDOW} are verdicts over several packets
 * and so are not among the sensor's {@link Technique}s.
 */
public enum Probing {
    SYN(1, "syn", false),
    CONNECT(2, "connect", false),
    FIN(3, "fin", true),
    NULL(4, "null", true),
    XMAS(5, "xmas", true),
    /** Also how a connection ends whose beginning was not seen, so no proof by itself. */
    MAIMON(6, "maimon", false),
    ACK(7, "ack", false),
    WINDOW(8, "window", false),
    ILLEGAL_FLAGS(9, "illegal-flags", true),
    UDP(10, "udp", false),
    SCTP(11, "sctp", false),
    IP_PROTOCOL(12, "ip-protocol", false),
    ICMP(13, "icmp", false),
    ARP(14, "arp", false),
    NDP(15, "ndp", false);

    /** Every code is below this. */
    public static final int CODES = 32;

    private static final Probing[] BY_CODE = new Probing[CODES];

    static {
        for (Probing probing : values()) {
            BY_CODE[probing.code] = probing;
        }
    }

    private final int code;
    private final String id;
    private final boolean stealth;

    Probing(int code, String id, boolean stealth) {
        this.code = code;
        this.id = id;
        this.stealth = stealth;
    }

    /** A number from 1 to 31 that never changes: it is part of stored state. */
    public int code() {
        return code;
    }

    /** The name in documents. */
    public String id() {
        return id;
    }

    /** Whether no ordinary program ever sends such a packet. */
    public boolean stealth() {
        return stealth;
    }

    /** The technique of a number that {@link #known} holds for. */
    public static Probing ofCode(int code) {
        return BY_CODE[code];
    }

    /** Whether a technique has this number. */
    public static boolean known(int code) {
        return code > 0 && code < BY_CODE.length && BY_CODE[code] != null;
    }

    /** How the sensor's technique is called before any verdict; {@code NONE} has no place here. */
    public static Probing of(Technique technique) {
        return switch (technique) {
            case SYN -> SYN;
            case FIN -> FIN;
            case NULL -> NULL;
            case XMAS -> XMAS;
            case MAIMON -> MAIMON;
            case ACK -> ACK;
            case ILLEGAL_FLAGS -> ILLEGAL_FLAGS;
            case UDP -> UDP;
            case SCTP -> SCTP;
            case IP_PROTOCOL -> IP_PROTOCOL;
            case ICMP -> ICMP;
            case ARP -> ARP;
            case NDP -> NDP;
            case NONE -> throw new IllegalArgumentException("technique NONE is no probe");
        };
    }
}
