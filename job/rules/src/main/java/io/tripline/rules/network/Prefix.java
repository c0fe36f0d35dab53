package io.tripline.rules.network;

import io.tripline.schemas.Address;
import io.tripline.schemas.SafeText;
import java.io.Serializable;

/**
 * A network in CIDR notation (RFC 4632, RFC 4291). An IPv4 network never holds an IPv6 address or the other way round, and no network
 * holds a MAC address.
 *
 * @param network lowest address
 * @param length leading bits that all its addresses share: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Prefix(Address network, int length) implements Serializable {
    private static final int IPV4_OFFSET = 96;

    public Prefix {
        int most = network.isIpv4() ? 32 : 128;
        if (network.isMac()) {
            throw new IllegalArgumentException("a network has an IP address, not " + network);
        }
        if (length < 0 || length > most) {
            throw new IllegalArgumentException(
                    "prefix length /" + length + " of " + network + ": must be 0 to " + most);
        }
        Address lowest = lowest(network, length);
        if (!network.equals(lowest)) {
            throw new IllegalArgumentException(
                    network + "/" + length + " has bits beyond its prefix; the network is " + lowest + "/" + length);
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fc00::/7}, or an address alone for a network of one. Never asks a name server.
     *
     * @throws IllegalArgumentException with the text and what would be right
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        String addressText = slash < 0 ? text : text.substring(0, slash);
        Address address = AddressText.parse(addressText);
        if (address == null) {
            throw new IllegalArgumentException(
                    "'" + SafeText.of(text, 64) + "' is no network: write it like 10.0.0.0/8 or fc00::/7");
        }
        int most = address.isIpv4() ? 32 : 128;
        int length = slash < 0 ? most : AddressText.number(text, slash + 1, text.length(), 128);
        if (length < 0) {
            throw new IllegalArgumentException("'" + SafeText.of(text, 64) + "' has no prefix length from 0 to " + most
                    + " after its slash: write it like 10.0.0.0/8 or fc00::/7");
        }
        return new Prefix(address, length);
    }

    public boolean contains(Address address) {
        return !address.isMac()
                && address.isIpv4() == network.isIpv4()
                && lowest(address, length).equals(network);
    }

    /** Whether every address of the other network is in this one. */
    public boolean covers(Prefix other) {
        return length <= other.length && contains(other.network);
    }

    /** The network of that length in which an address lies. */
    public static Prefix around(Address address, int length) {
        return new Prefix(lowest(address, length), length);
    }

    private static Address lowest(Address address, int length) {
        int bits = address.isIpv4() ? length + IPV4_OFFSET : length;
        return new Address(address.high() & mask(bits), address.low() & mask(bits - Long.SIZE));
    }

    /** A long whose so many upper bits are set; none for a number below 1, all from 64 on. */
    private static long mask(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= Long.SIZE ? -1L : -1L << (Long.SIZE - bits);
    }

    @Override
    public String toString() {
        return network + "/" + length;
    }
}
