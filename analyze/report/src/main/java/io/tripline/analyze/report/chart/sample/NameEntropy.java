package io.tripline.analyze.report.chart.sample;

import io.tripline.rules.tunnel.dns.Domains;
import java.util.Locale;

/** How much a name could tell below the domain that somebody registered. */
final class NameEntropy {
    /**
     * What lies below the domain.
     *
     * @param domain as alerts name it
     * @param length octets below it, dots left out
     * @param entropy Shannon entropy of these, thousandths of a bit each
     */
    record Part(String domain, int length, int entropy) {}

    private final Domains domains = new Domains();

    Part of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int start = domains.start(lower);
        boolean none = start >= lower.length();
        int end = none ? lower.length() : Math.max(0, start - 1);
        int[] counts = new int[256];
        int length = 0;
        for (int i = 0; i < end; i++) {
            char c = lower.charAt(i);
            if (c == '.') {
                continue;
            }
            int octet = c;
            if (c == '\\' && i + 3 < lower.length()) {
                octet = octet(lower, i + 1);
                i += 3;
            }
            counts[octet & 0xff]++;
            length++;
        }
        return new Part(none ? Domains.NONE : lower.substring(start), length, entropy(counts, length));
    }

    private static int octet(String name, int at) {
        int value = 0;
        for (int i = at; i < at + 3; i++) {
            value = value * 10 + Character.digit(name.charAt(i), 10);
        }
        return value;
    }

    private static int entropy(int[] counts, int length) {
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                bits -= (double) count / length * StrictMath.log((double) count / length);
            }
        }
        return (int) Math.round(1_000 * bits / StrictMath.log(2));
    }
}
