package io.tripline.rules.intel;

import io.tripline.schemas.Address;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries of all lists: addresses and networks, found by the longest that holds an address, and domains, found by suffix. An entry that several
 * lists have is the first one's.
 */
public final class IntelIndex implements Serializable {
    /** Entries of all lists together. */
    public static final int ENTRIES = 4_000_000;

    /** Lists at most. */
    public static final int LISTS = 100;

    /** Nothing is listed. */
    public static final IntelIndex EMPTY = new Builder().build();

    private static final long serialVersionUID = 1;
    private static final int IPV4_BITS = 96;

    private final NetworkTable ipv4;
    private final NetworkTable ipv6;
    private final DomainTable domains;
    private final List<IntelList> lists;

    private IntelIndex(Builder from) {
        ipv4 = from.ipv4;
        ipv6 = from.ipv6;
        domains = from.domains;
        lists = List.copyOf(from.lists);
    }

    /** Puts an index together. */
    public static final class Builder {
        private final NetworkTable ipv4 = new NetworkTable(false);
        private final NetworkTable ipv6 = new NetworkTable(true);
        private final DomainTable domains = new DomainTable();
        private final List<IntelList> lists = new ArrayList<>();

        /** Begins a list; what is added from now on is of it. */
        public void list(IntelList list) {
            lists.add(list);
        }

        public boolean isFull() {
            return ipv4.size() + ipv6.size() + domains.size() >= ENTRIES;
        }

        /**
         * Adds a network.
         *
         * @param network any address in it
         * @param length bits of the prefix as people write them: 0 to 32 or 0 to 128
         * @return false where it is listed already
         */
        public boolean add(Address network, int length) {
            boolean isIpv4 = network.isIpv4();
            int bits = isIpv4 ? length + IPV4_BITS : length;
            return (isIpv4 ? ipv4 : ipv6)
                    .add(
                            network.high() & NetworkTable.mask(bits),
                            network.low() & NetworkTable.mask(bits - Long.SIZE),
                            bits,
                            lists.size() - 1);
        }

        /** Adds a domain in lower-case ASCII with all that lies in it; false where it is listed already. */
        public boolean add(String domain) {
            return domains.add(domain, lists.size() - 1);
        }

        /** The index; the builder is used up. */
        public IntelIndex build() {
            ipv4.trim();
            ipv6.trim();
            domains.trim();
            return new IntelIndex(this);
        }
    }

    /** How many entries there are. */
    public int size() {
        return ipv4.size() + ipv6.size() + domains.size();
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    public boolean hasDomains() {
        return domains.size() > 0;
    }

    /** Number of the longest network that holds an address; -1 where none does. */
    public int find(long high, long low) {
        if (Address.isIpv4(high, low)) {
            return ipv4.find(0, low);
        }
        int found = ipv6.size() == 0 ? -1 : ipv6.find(high, low);
        return found < 0 ? -1 : ipv4.size() + found;
    }

    /** Number of the domain in which a name lies; -1 where none is listed. */
    public int findDomain(String name) {
        int found = domains.find(name);
        return found < 0 ? -1 : ipv4.size() + ipv6.size() + found;
    }

    /** An entry as it stands in a list. */
    public String text(int entry) {
        if (entry >= ipv4.size() + ipv6.size()) {
            return domains.name(entry - ipv4.size() - ipv6.size());
        }
        boolean isIpv4 = entry < ipv4.size();
        NetworkTable table = isIpv4 ? ipv4 : ipv6;
        int network = isIpv4 ? entry : entry - ipv4.size();
        Address address = new Address(table.high(network), table.low(network));
        int length = table.length(network) - (isIpv4 ? IPV4_BITS : 0);
        return length == (isIpv4 ? 32 : 128) ? address.toString() : address + "/" + length;
    }

    /** The list of an entry. */
    public IntelList list(int entry) {
        int list = entry >= ipv4.size() + ipv6.size()
                ? domains.list(entry - ipv4.size() - ipv6.size())
                : entry < ipv4.size() ? ipv4.list(entry) : ipv6.list(entry - ipv4.size());
        return lists.get(list);
    }

    /** Bytes of memory, without what is small. */
    public long bytes() {
        return ipv4.bytes() + ipv6.bytes() + domains.bytes();
    }
}
