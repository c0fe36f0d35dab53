package io.tripline.sensor.decode;

/** Header and first question of a DNS message (RFC 1035, 4.1); reused from message to message. */
public final class DnsView {
    public boolean response;
    public int responseCode;
    public int questions;
    public int answers;

    /** First question's type; 0 where there is none. */
    public int type;

    /** Bytes of the message. */
    public int size;

    /** Whether the first question was read to its end. */
    public boolean complete;

    /**
     * The first question's labels, uncompressed, as raw bytes each led by its length, without the root; {@link
     * #nameLength} bytes.
     */
    public final byte[] name = new byte[255];

    public int nameLength;

    /** The name as {@code Dns.name} in the schema wants it. Allocates. */
    public String presentationName() {
        StringBuilder text = new StringBuilder(nameLength + 8);
        int at = 0;
        while (at < nameLength) {
            int end = Math.min(nameLength, at + 1 + (name[at] & 0xff));
            if (at > 0) {
                text.append('.');
            }
            for (at++; at < end; at++) {
                int octet = name[at] & 0xff;
                if (octet <= ' ' || octet >= 0x7f || octet == '.' || octet == '\\') {
                    text.append('\\').append((char) ('0' + octet / 100));
                    text.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
                } else {
                    text.append((char) octet);
                }
            }
        }
        return text.toString();
    }
}
