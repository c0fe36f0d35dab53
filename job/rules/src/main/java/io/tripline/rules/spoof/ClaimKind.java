package io.tripline.rules.spoof;

import java.io.IOException;

/** How somebody says which hardware address a protocol address has. */
public enum ClaimKind {
    /** To one host: an ARP reply or neighbour advertisement, or gratuitous ARP sent to one host. */
    REPLY(0),

    /** An ARP reply about one address to everybody, and not about the receivers' own. */
    BROADCAST(1),

    /** To everybody: gratuitous ARP (RFC 5227, 3), unsolicited neighbour advertisement, router advertisement. */
    ANNOUNCEMENT(2),

    /** In passing: the sender's own pair in a request, or an advertisement that overrides nothing (RFC 4861, 7.2.5). */
    MENTION(3);

    private static final ClaimKind[] ALL = values();

    private final int code;

    ClaimKind(int code) {
        this.code = code;
    }

    /** The number under which it is stored, from 0 without gaps; never reused. */
    public int code() {
        return code;
    }

    /**
     * The kind with the given number.
     *
     * @throws IOException if none has it
     */
    static ClaimKind ofCode(int code) throws IOException {
        for (ClaimKind kind : ALL) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IOException("no kind of claim has number " + code);
    }
}
