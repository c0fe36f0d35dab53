package io.tripline.rules.tunnel.dns;

import io.tripline.schemas.Dns;
import java.util.HashMap;
import java.util.Map;

/**
 * Judges names in DNS messages, one by one: the classifier that the rule and the indicator share. Names come several times (question and answer,
 * A and AAAA), so the last {@link #CACHED} are remembered; they take about 2 MB at most.
 */
public final class NameReader {
    private static final int CACHED = 4_096;

    /** Fewer encoded characters are what a content network puts into a name. */
    private static final int FEWEST = 10;

    /** So many in one name tell by themselves. */
    private static final int TELLING = 16;

    private static final int A = 1;
    private static final int NULL = 10;
    private static final int KEY = 25;
    private static final int PRIVATE = 65_280;

    private final Domains domains = new Domains();
    private final Map<String, NameShape> shapes = new HashMap<>();

    NameShape shape(String name) {
        NameShape shape = shapes.get(name);
        if (shape == null) {
            if (shapes.size() >= CACHED) {
                shapes.clear();
            }
            shape = NameShape.of(name, domains);
            shapes.put(name, shape);
        }
        return shape;
    }

    /** Bytes that the name may carry, seen the type asked for; 0 where it is no name that looks encoded. */
    static int carried(NameShape shape, int type) {
        if (isOdd(type)) {
            boolean only = type == NULL || type == KEY || type >= PRIVATE;
            return only ? Math.max(shape.oddBytes(), shape.length() / 2) : shape.oddBytes();
        }
        return shape.characters() >= FEWEST ? shape.bytes() : 0;
    }

    /** Whether one message alone looks like a tunnel's. */
    public boolean isTelling(Dns dns) {
        if (!dns.getComplete() || isReverse(dns.getName())) {
            return false;
        }
        NameShape shape = shape(dns.getName());
        return isOdd(dns.getType()) ? carried(shape, dns.getType()) > 0 : shape.characters() >= TELLING;
    }

    /** Reverse look-ups (RFC 1035, 3.5; RFC 3596, 2.5): addresses, not data. */
    static boolean isReverse(String name) {
        int length = name.length();
        return (length >= 12 && name.regionMatches(true, length - 12, "in-addr.arpa", 0, 12))
                || (length >= 8 && name.regionMatches(true, length - 8, "ip6.arpa", 0, 8));
    }

    /**
     * Types whose answers carry text, names or bytes. Ordinary clients ask for addresses, and for what a service needs under names that words make
     * up: A, NS, SOA, PTR, AAAA, NAPTR, DS, RRSIG, NSEC, DNSKEY, TLSA, SVCB, HTTPS.
     */
    static boolean isOdd(int type) {
        return switch (type) {
            case 0, A, 2, 6, 12, 28, 35, 43, 46, 47, 48, 50, 52, 64, 65, 255 -> false;
            default -> true;
        };
    }
}
