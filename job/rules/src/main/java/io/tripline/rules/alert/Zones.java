package io.tripline.rules.alert;

import io.tripline.rules.network.Prefix;
import io.tripline.schemas.Address;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which networks are inside. Host addresses known by MAC alone are: they were seen on the watched segment itself.
 *
 * @param internal networks that are inside
 */
public record Zones(List<Prefix> internal) implements Serializable {
    /**
     * What nobody routes across the Internet: private IPv4 (RFC 1918), unique local IPv6 (RFC 4193), link-local (RFC 3927, RFC 4291) and
     * loopback.
     */
    public static final Zones DEFAULT = parse(List.of(
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "169.254.0.0/16",
            "127.0.0.0/8",
            "fc00::/7",
            "fe80::/10",
            "::1/128"));

    public Zones {
        internal = List.copyOf(internal);
    }

    /**
     * Reads networks in CIDR notation.
     *
     * @throws IllegalArgumentException naming the first text that is none
     */
    public static Zones parse(Collection<String> networks) {
        List<Prefix> internal = new ArrayList<>();
        networks.forEach(network -> internal.add(Prefix.parse(network)));
        return new Zones(internal);
    }

    public boolean isInternal(Address address) {
        if (address.isMac()) {
            return true;
        }
        for (Prefix prefix : internal) {
            if (prefix.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Where the actor's traffic goes. One target inside is enough for it to come inside: that is where it may do harm. */
    public Direction direction(Address actor, Collection<Address> targets) {
        boolean inside = targets.stream().anyMatch(this::isInternal);
        if (isInternal(actor)) {
            return inside ? Direction.INTERNAL : Direction.OUTBOUND;
        }
        return inside ? Direction.INBOUND : Direction.EXTERNAL;
    }
}
