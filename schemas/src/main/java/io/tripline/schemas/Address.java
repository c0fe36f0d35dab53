package io.tripline.schemas;

import java.io.Serializable;

/**
 * An IPv4, IPv6 or MAC address as two 64-bit halves.
 *
 * <p>IPv4 is mapped into IPv6 as {@code ::ffff:a.b.c.d} (RFC 4291, 2.5.5.2). A host known by its MAC address alone (an
 * ARP probe with sender 0.0.0.0) has an upper half of all ones, which lies in multicast space and so is never a
 * sender's IP address.
 */
public record Address(long high, long low) implements Comparable<Address>, Serializable {
    private static final long MAC_HIGH = -1L;
    private static final long MAPPED = 0xffffL << 32;

    /** An IPv4 address from its 32 bits in network order. */
    public static Address ofIpv4(int address) {
        return new Address(0, mapIpv4(address));
    }

    /** A MAC address from the lower 48 bits. */
    public static Address ofMac(long mac) {
        return new Address(MAC_HIGH, mac & 0xffff_ffff_ffffL);
    }

    /** The lower half that stands for an IPv4 address; its upper half is 0. */
    public static long mapIpv4(int address) {
        return MAPPED | (address & 0xffff_ffffL);
    }

    public static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> 32 == 0xffff;
    }

    public boolean isIpv4() {
        return isIpv4(high, low);
    }

    public boolean isMac() {
        return high == MAC_HIGH;
    }

    /** Unsigned order of the 128 bits. */
    @Override
    public int compareTo(Address other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Stable across processes: Flink partitions keys by it. */
    @Override
    public int hashCode() {
        long mixed = (high * 0x9e37_79b9_7f4a_7c15L) ^ (low * 0xc2b2_ae3d_27d4_eb4fL);
        return (int) (mixed ^ (mixed >>> 32));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address that && high == that.high && low == that.low;
    }

    /** Dotted quad, IPv6 as RFC 5952 wants it, or a MAC address with colons. */
    @Override
    public String toString() {
        if (isMac()) {
            return macText(low);
        }
        return isIpv4() ? ipv4Text((int) low) : ipv6Text();
    }

    /** A MAC address in lower case with colons. */
    public static String macText(long mac) {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            int octet = (int) (mac >>> shift) & 0xff;
            text.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 15, 16));
            if (shift > 0) {
                text.append(':');
            }
        }
        return text.toString();
    }

    private static String ipv4Text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    private int group(int index) {
        return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index & 3))) & 0xffff;
    }

    private String ipv6Text() {
        int zerosAt = 8;
        int zeros = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(end) == 0) {
                end++;
            }
            if (end - i > zeros) {
                zerosAt = i;
                zeros = end - i;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == zerosAt) {
                text.append("::");
                i += zeros - 1;
            } else {
                if (i > 0 && i != zerosAt + zeros) {
                    text.append(':');
                }
                text.append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }
}
