package io.tripline.rules.probe;

import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Technique;

/**
 * How a tool makes its SYN, by window and options. A hint at who sent it and no more: each is a setting of the tool, and others may do the same.
 */
public enum SynShape {
    NMAP(0, "nmap", "SYN with window 1024 and no option but MSS, as nmap makes it"),
    MASSCAN(1, "masscan", "SYN with window 1024 and no options at all, as masscan makes it"),
    ZMAP(2, "zmap", "SYN with window 65535 and no option but MSS, or none, as zmap makes it"),
    HPING(3, "hping3", "SYN with window 512 and no options, as hping3 makes it");

    /** How many there are; their numbers are part of stored state and never change. */
    public static final int SHAPES = 4;

    private static final int MSS = 1;

    private final int number;
    private final String tool;
    private final String reason;

    SynShape(int number, String tool, String reason) {
        this.number = number;
        this.tool = tool;
        this.reason = reason;
    }

    /** The tool that makes it so unless told otherwise. */
    public String tool() {
        return tool;
    }

    /** What was seen. */
    public String reason() {
        return reason;
    }

    /** From 0. */
    public int number() {
        return number;
    }

    /** Its bit among a {@link Contact}'s marks. */
    public int bit() {
        return 1 << (Contact.SYN_SHAPES + number);
    }

    /** The mark of a SYN of known shape; 0 for all others. */
    static int mark(PacketRecord packet) {
        int options = packet.getTcpOptions();
        if (packet.getTechnique() != Technique.SYN || options > MSS) {
            return 0;
        }
        return switch (packet.getWindow()) {
            case 1_024 -> options == MSS ? NMAP.bit() : MASSCAN.bit();
            case 65_535 -> ZMAP.bit();
            case 512 -> options == 0 ? HPING.bit() : 0;
            default -> 0;
        };
    }
}
