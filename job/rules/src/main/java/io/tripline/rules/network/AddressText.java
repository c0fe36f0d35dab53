package io.tripline.rules.network;

import io.tripline.schemas.Address;
import org.jspecify.annotations.Nullable;

/**
 * Reads IP addresses from text: dotted quads, and IPv6 as RFC 4291, 2.2 has it. Strict, since it reads settings: no names, no zones, no
 * leading zeros in a dotted quad (some readers take these as octal), no octets left out.
 */
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /** The address; null where the text is none. */
    public static @Nullable Address parse(String text) {
        if (text.indexOf(':') < 0) {
            long ipv4 = ipv4(text);
            return ipv4 < 0 ? null : Address.ofIpv4((int) ipv4);
        }
        return ipv6(text);
    }

    /** A decimal number without sign or leading zeros; -1 where it is none or greater than {@code most}. */
    static int number(String text, int from, int to, int most) {
        if (to <= from || to - from > 3 || (to - from > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number <= most ? number : -1;
    }

    private static long ipv4(String text) {
        long address = 0;
        int from = 0;
        for (int octet = 0; octet < 4; octet++) {
            int to = octet == 3 ? text.length() : text.indexOf('.', from);
            int value = to < 0 ? -1 : number(text, from, to, 255);
            if (value < 0) {
                return -1;
            }
            address = address << 8 | value;
            from = to + 1;
        }
        return address;
    }

    private static @Nullable Address ipv6(String text) {
        int gap = text.indexOf("::");
        int[] groups = new int[GROUPS];
        if (gap < 0) {
            return groups(text, true, groups) == GROUPS ? address(groups) : null;
        }
        int before = groups(text.substring(0, gap), false, groups);
        int[] rest = new int[GROUPS];
        int after = groups(text.substring(gap + 2), true, rest);
        if (before < 0 || after < 0 || before + after >= GROUPS) {
            return null;
        }
        System.arraycopy(rest, 0, groups, GROUPS - after, after);
        return address(groups);
    }

    /** Reads groups between colons, the last two as a dotted quad where allowed; -1 where the text is wrong. */
    private static int groups(String text, boolean quadAllowed, int[] groups) {
        int count = 0;
        int from = 0;
        while (!text.isEmpty() && from <= text.length()) {
            int colon = text.indexOf(':', from);
            int to = colon < 0 ? text.length() : colon;
            if (quadAllowed && colon < 0 && text.indexOf('.', from) >= 0) {
                long quad = ipv4(text.substring(from));
                if (quad < 0 || count + 2 > GROUPS) {
                    return -1;
                }
                groups[count] = (int) (quad >>> 16);
                groups[count + 1] = (int) (quad & 0xffff);
                return count + 2;
            }
            int group = hex(text, from, to);
            if (group < 0 || count == GROUPS) {
                return -1;
            }
            groups[count++] = group;
            from = to + 1;
        }
        return count;
    }

    private static int hex(String text, int from, int to) {
        if (to <= from || to - from > 4) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }

    private static Address address(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS / 2; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + GROUPS / 2];
        }
        return new Address(high, low);
    }
}
