package io.tripline.rules.ratelimit;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Required;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.TestId;
import io.tripline.rules.network.Prefix;
import io.tripline.schemas.Address;
import io.tripline.schemas.SafeText;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How much a source may do within a time.
 *
 * @param name by which alerts tell it
 * @param count what is counted
 * @param window over which it slides: 1 s to 1 hour, in steps of a second up to a minute, beyond that of its sixtieth part
 * @param above so many are still allowed
 * @param only whose packets are counted; empty for all
 * @param prefix length of the IPv4 networks that count together; 32 for each address alone
 * @param prefixIpv6 the same of IPv6; 128 for each address alone
 * @param severity of its alerts
 */
public record Limit(
        @Required String name,
        @Required Count count,
        @Required Duration window,
        @Required long above,
        List<Prefix> only,
        int prefix,
        int prefixIpv6,
        Severity severity)
        implements Serializable {
    /** Steps in which a window slides. */
    static final int STEPS = 60;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final int IPV4_OFFSET = 96;

    /** What holds for a key that need not be written, and examples for those that must. */
    public static final Limit DEFAULT = new Limit(
            "packets-per-minute", Count.PACKETS, Duration.ofMinutes(1), 10_000, List.of(), 32, 128, Severity.MEDIUM);

    /** What a source does, each a test of its own. */
    public enum Count implements TestId {
        PACKETS("IP packets", "sent"),
        /** On the wire, from the link-layer header on. */
        BYTES("bytes", "sent"),
        /** That it begins, of any transport. */
        CONVERSATIONS("conversations", "began"),
        DNS_QUERIES("DNS queries", "sent"),
        /** Packets of ICMP and ICMPv6. */
        ICMP("ICMP packets", "sent"),
        /** TCP segments with SYN and without ACK, repeats among them. */
        SYNS("TCP SYNs", "sent");

        private final String plural;
        private final String verb;

        Count(String plural, String verb) {
            this.plural = plural;
            this.verb = verb;
        }

        @Override
        public String phrase() {
            return plural + " in %s s";
        }

        /** For people, in the plural. */
        String plural() {
            return plural;
        }

        /** What a source did with them. */
        String verb() {
            return verb;
        }
    }

    public Limit {
        Thresholds.check()
                .holds(
                        "name",
                        NAME.matcher(name).matches(),
                        "'" + SafeText.escaped(name, 64) + "'",
                        "1 to 64 lower-case letters, digits and dashes")
                .between("window", window, Duration.ofSeconds(1), Duration.ofHours(1))
                .between("above", above, 0, 1L << 50)
                .between("prefix", prefix, 8, 32)
                .between("prefixIpv6", prefixIpv6, 16, 128)
                .end();
        only = List.copyOf(only);
    }

    /** Whether each address counts alone. */
    boolean single() {
        return prefix == 32 && prefixIpv6 == 128;
    }

    /** Seconds of a step. */
    int step() {
        return (int) ((window.toSeconds() + STEPS - 1) / STEPS);
    }

    /** Steps of a window; it is never longer than set. */
    int steps() {
        return (int) (window.toSeconds() / step());
    }

    /** Upper half of the lowest address that counts together with one. */
    long high(long high, long low) {
        return high & mask(bits(high, low));
    }

    /** Lower half of the same. */
    long low(long high, long low) {
        return low & mask(bits(high, low) - Long.SIZE);
    }

    /** Whether what a network's hosts send is counted. */
    boolean covers(Prefix network) {
        return only.isEmpty() || only.stream().anyMatch(counted -> counted.covers(network));
    }

    /** The network that counts together. */
    Prefix network(Address lowest) {
        return new Prefix(lowest, lowest.isIpv4() ? prefix : prefixIpv6);
    }

    private int bits(long high, long low) {
        return Address.isIpv4(high, low) ? prefix + IPV4_OFFSET : prefixIpv6;
    }

    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= Long.SIZE ? -1L : -1L << (Long.SIZE - bits);
    }
}
